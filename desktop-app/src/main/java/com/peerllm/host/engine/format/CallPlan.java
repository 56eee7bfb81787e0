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

    /** Calls of one answer: more than models make, and fewer than the orchestrator takes. */
    static final int MOST_CALLS = 32;

    CallMatcher matcher() {
        return new CallMatcher(format, argumentRules.keySet(), several);
    }

    /** Whether the answer is over after so many calls, the last of them complete. */
    boolean endsAfter(int calls) {
        return !several || calls >= MOST_CALLS || format.repeats() != ToolFormat.Repeats.WHOLE;
    }
}
