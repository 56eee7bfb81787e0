package com.peerllm.orchestrator.audit;

import java.util.List;

/**
 * Weighs a claim against what auditors found. Pure.
 *
 * <p>One auditor that agrees confirms the claim. One that does not proves nothing, for it may be the liar: another is asked.
 * If that one agrees with the host, the first auditor was wrong; if the two auditors agree, the claim is refuted; if all three
 * differ, nobody knows.
 */
final class Weighing {
    /** Auditors whose findings decide. */
    static final int MOST_FINDINGS = 2;

    private Weighing() {}

    /** What is known. */
    enum Outcome {
        /** Another auditor is needed. */
        OPEN,
        CONFIRMED,
        REFUTED,
        /** All differ. */
        UNDECIDED
    }

    static Outcome outcome(int claimedPromptTokens, String claimedSaid, List<Finding> findings) {
        if (findings.stream().anyMatch(each -> each.supports(claimedPromptTokens, claimedSaid)))
            return Outcome.CONFIRMED;
        if (findings.size() < MOST_FINDINGS) return Outcome.OPEN;
        return findings.get(0).agreesWith(findings.get(1)) ? Outcome.REFUTED : Outcome.UNDECIDED;
    }

    /** The prompt is paid with the least that anybody who may be right counted: no host's own number raises its pay. */
    static int paidPromptTokens(int claimedPromptTokens, String claimedSaid, List<Finding> findings) {
        List<Finding> right = findings.stream()
                .filter(each -> each.supports(claimedPromptTokens, claimedSaid))
                .toList();
        return (right.isEmpty() ? findings : right)
                .stream().mapToInt(Finding::promptTokens).reduce(claimedPromptTokens, Math::min);
    }
}
