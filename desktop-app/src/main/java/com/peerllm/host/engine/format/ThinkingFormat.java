package com.peerllm.host.engine.format;

import java.util.List;
import java.util.Optional;

/**
 * The words with which a model begins and ends its thinking.
 *
 * @param open begins it; many templates write it into the prompt already
 * @param close ends it; the answer follows
 * @param direct what stands before an answer without thinking, if anything must
 * @param ending what the engine writes for a model that does not come to an end; blanks behind it are left to the model
 * @param tokens the words among these that can be tokens of their own
 */
public record ThinkingFormat(String open, String close, Optional<String> direct, String ending, List<String> tokens) {

    /** Qwen3, DeepSeek-R1 and its distillations, SmolLM3, QwQ, GLM and most others. */
    public static final ThinkingFormat TAGS = between("<think>", "</think>");

    /** Magistral and the reasoning models of Ministral. */
    public static final ThinkingFormat BRACKETS = between("[THINK]", "[/THINK]");

    /** gpt-oss: the analysis is one channel of the answer, the text another. */
    public static final ThinkingFormat HARMONY = new ThinkingFormat(
            "<|channel|>analysis<|message|>",
            "<|start|>assistant<|channel|>final<|message|>",
            Optional.of("<|channel|>final<|message|>"),
            "<|end|><|start|>assistant<|channel|>final<|message|>",
            List.of("<|start|>", "<|channel|>", "<|message|>"));

    /** Where to look first: a template may have words of more than one. */
    private static final List<ThinkingFormat> KNOWN = List.of(
            HARMONY,
            BRACKETS,
            between("<|channel>thought", "<channel|>"),
            between("<seed:think>", "</seed:think>"),
            between("<|START_THINKING|>", "<|END_THINKING|>"),
            TAGS);

    /** Where an answer begins that follows a prompt. */
    public enum Start {
        /** The prompt has closed the thinking, or the model does not think. */
        ANSWERING,
        /** The model may open its thinking, as the first thing it says. */
        UNDECIDED,
        /** The prompt has opened the thinking. */
        THINKING
    }

    private static ThinkingFormat between(String open, String close) {
        return new ThinkingFormat(open, close, Optional.empty(), "\n" + close, List.of(open, close));
    }

    /** What the model's template tells about its thinking: all that know a word for its end use it. */
    static Optional<ThinkingFormat> of(String template) {
        return KNOWN.stream()
                .filter(format -> format.tokens.stream().allMatch(template::contains))
                .findFirst()
                .or(() -> Optional.of(TAGS).filter(tags -> template.contains(tags.close)));
    }

    /** Reads from the end of a prompt where its answer begins. */
    public Start startAfter(String prompt) {
        String end = prompt.stripTrailing();
        if (end.endsWith(open)) return Start.THINKING;
        return end.endsWith(close) ? Start.ANSWERING : Start.UNDECIDED;
    }
}
