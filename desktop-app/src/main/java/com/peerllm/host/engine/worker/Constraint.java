package com.peerllm.host.engine.worker;

import java.lang.foreign.MemorySegment;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * An answer's place in a grammar: what may come next, and whether it has ended.
 *
 * <p>llama.cpp ends the process when a token is passed that the grammar does not allow, so each is checked before it is passed.
 */
final class Constraint implements AutoCloseable {
    private final SamplerCalls calls;
    private final Candidates candidates;
    private final IntPredicate silent;
    private final IntPredicate ends;
    private final OptionalInt anEnd;
    private final MemorySegment state;
    private final Effort effort;
    private boolean exhausted;

    /**
     * @param candidates the decode loop's, free to use during each call
     * @param silent tokens that say nothing although their names would fit, such as control tokens
     * @param vocabulary tells which tokens end answers
     */
    Constraint(
            SamplerCalls calls,
            Candidates candidates,
            Grammar grammar,
            SilentTokens silent,
            Vocabulary vocabulary,
            Effort effort) {
        this.calls = calls;
        this.candidates = candidates;
        this.ends = vocabulary::endsAnswer;
        this.anEnd = silent.anEnd();
        this.silent = token -> silent.contains(token) && !grammar.names(token);
        this.effort = effort;
        state = grammar.copy();
        lookAhead();
    }

    /** Makes every candidate impossible that must not come next. */
    void apply(Candidates from) {
        effort.spend(() -> NativeCalls.call(() -> {
            calls.apply.invokeExact(state, from.list());
            return null;
        }));
        from.refuse(silent);
    }

    boolean allows(int token) {
        candidates.only(token);
        apply(candidates);
        return candidates.anyPossible(any -> true);
    }

    /** Goes on after a token that it allows. */
    void accept(int token) {
        effort.token();
        effort.spend(() -> NativeCalls.call(() -> {
            calls.accept.invokeExact(state, token);
            return null;
        }));
        if (!ends.test(token)) lookAhead();
    }

    /** Whether the vocabulary has a token that ends answers. */
    boolean knowsEnd() {
        return anEnd.isPresent();
    }

    /** Whether the form costs more than an answer may take. */
    boolean tooSlow() {
        return effort.tooMuch();
    }

    /** Whether the form has ended: it is complete and nothing more may follow. */
    boolean exhausted() {
        return exhausted;
    }

    private void lookAhead() {
        exhausted = anEnd.isPresent() && allows(anEnd.getAsInt()) && !anythingMayFollow();
    }

    private boolean anythingMayFollow() {
        candidates.everyToken();
        apply(candidates);
        return candidates.anyPossible(ends.negate());
    }

    @Override
    public void close() {
        NativeCalls.call(() -> {
            calls.free.invokeExact(state);
            return null;
        });
    }
}
