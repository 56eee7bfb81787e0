package com.peerllm.host.engine.jinja;

/**
 * What one rendering may still spend: steps, and characters of text made on the way. A template from a stranger ends within both.
 */
final class Budget {
    static final long STEPS = 5_000_000;
    static final long CHARACTERS = 64_000_000;
    static final int MACRO_DEPTH = 64;

    /** As in Jinja's own sandbox. */
    static final long LONGEST_RANGE = 100_000;

    private long steps = STEPS;
    private long characters = CHARACTERS;
    private int depth;

    void step() {
        if (--steps < 0) throw TemplateException.limit("The template takes more than " + STEPS + " steps.");
    }

    void steps(long count) {
        steps -= Math.max(0, count);
        step();
    }

    /** To be asked before the text is made. */
    void characters(long count) {
        characters -= count;
        if (characters < 0)
            throw TemplateException.limit("The template makes more than " + CHARACTERS + " characters.");
    }

    void enterMacro() {
        if (++depth > MACRO_DEPTH)
            throw TemplateException.limit("Macros call each other more than " + MACRO_DEPTH + " deep.");
    }

    void leaveMacro() {
        depth--;
    }
}
