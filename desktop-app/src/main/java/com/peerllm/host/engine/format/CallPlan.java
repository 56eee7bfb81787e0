package com.peerllm.host.engine.format;

import java.util.Map;

/**
 * The tools that an answer may call.
 *
 * @param format how this model writes calls
 * @param argumentRules the tools by name, each with the grammar rule of its arguments
 * @param forced whether the answer must be a call
 * @param several whether it may hold more than one
 */
record CallPlan(ToolFormat format, Map<String, String> argumentRules, boolean forced, boolean several) {

    CallMatcher matcher() {
        return new CallMatcher(format, argumentRules.keySet(), several);
    }

    /** Whether the answer is over after a call that is complete. */
    boolean endsAfterCall() {
        return !several || format.repeats() != ToolFormat.Repeats.WHOLE;
    }
}
