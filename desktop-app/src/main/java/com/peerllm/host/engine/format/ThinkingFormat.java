package com.peerllm.host.engine.format;

import java.util.Optional;

/**
 * The words with which a model begins and ends its thinking.
 *
 * @param open begins it; many templates write it into the prompt already
 * @param close ends it; the answer follows
 */
public record ThinkingFormat(String open, String close) {

    /** Qwen3, DeepSeek-R1 and its distillations, SmolLM3, QwQ and most others. */
    public static final ThinkingFormat TAGS = new ThinkingFormat("<think>", "</think>");

    /** Magistral and the reasoning models of Ministral. */
    public static final ThinkingFormat BRACKETS = new ThinkingFormat("[THINK]", "[/THINK]");

    /** Where an answer begins that follows a prompt. */
    public enum Start {
        /** The prompt has closed the thinking, or the model does not think. */
        ANSWERING,
        /** The model may open its thinking, as the first thing it says. */
        UNDECIDED,
        /** The prompt has opened the thinking. */
        THINKING
    }

    /** What the model's template tells about its thinking: all that know a word for its end use it. */
    static Optional<ThinkingFormat> of(String template) {
        if (template.contains(TAGS.close)) return Optional.of(TAGS);
        if (template.contains(BRACKETS.close)) return Optional.of(BRACKETS);
        return Optional.empty();
    }

    /** What the engine writes for a model that does not come to an end; blanks behind it are left to the model. */
    public String ending() {
        return "\n" + close;
    }

    /** Reads from the end of a prompt where its answer begins. */
    public Start startAfter(String prompt) {
        String end = prompt.stripTrailing();
        if (end.endsWith(open)) return Start.THINKING;
        return end.endsWith(close) ? Start.ANSWERING : Start.UNDECIDED;
    }
}
