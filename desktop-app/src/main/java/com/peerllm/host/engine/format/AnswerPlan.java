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

    /** What the answer must follow at the places that are known before it begins. */
    public List<Bounds> turningPoints() {
        Bounds first =
                start == ThinkingFormat.Start.UNDECIDED || thinking.isEmpty() ? grammar.fromStart() : Bounds.FREE;
        Bounds later = thinking.isEmpty() ? Bounds.FREE : grammar.fromAnswer();
        return List.of(
                first,
                later,
                calls.filter(plan -> !plan.endsAfter(1))
                        .map(plan -> grammar.more())
                        .orElse(Bounds.FREE));
    }

    /** Text and nothing else. */
    public static AnswerPlan plain(List<String> stops) {
        return new AnswerPlan(
                stops, Optional.empty(), ThinkingFormat.Start.ANSWERING, Optional.empty(), AnswerGrammar.none());
    }
}
