package com.peerllm.host.engine.format;

import java.util.List;
import java.util.Optional;

/**
 * How one answer is read and bound.
 *
 * @param stops the answer's text ends before the first of these
 * @param thinking how the model marks its thinking, if it thinks
 * @param start where the answer begins
 * @param calls the tools that it may call
 * @param grammar what it must follow
 */
public record AnswerPlan(
        List<String> stops,
        Optional<ThinkingFormat> thinking,
        ThinkingFormat.Start start,
        Optional<CallPlan> calls,
        AnswerGrammar grammar) {

    public AnswerPlan {
        stops = List.copyOf(stops);
    }

    /** Text and nothing else. */
    public static AnswerPlan plain(List<String> stops) {
        return new AnswerPlan(
                stops,
                Optional.empty(),
                ThinkingFormat.Start.ANSWERING,
                Optional.empty(),
                AnswerGrammar.none());
    }
}
