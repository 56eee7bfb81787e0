package com.peerllm.orchestrator.audit;

import com.peerllm.shared.wire.FromHost;

/**
 * What an auditor found.
 *
 * @param possible whether every id can be a token of an answer
 */
record Finding(int promptTokens, boolean possible, String said) {
    /** The date that a template writes into a prompt can differ between two computers, and with it a few tokens. */
    static final int SLACK_TOKENS = 4;

    static Finding of(FromHost.AuditDone done) {
        return new Finding(done.promptTokens(), done.possible(), done.said());
    }

    /** Whether a host that claims this has not claimed too much. */
    boolean supports(int claimedPromptTokens, String claimedSaid) {
        return possible && said.equals(claimedSaid) && claimedPromptTokens <= promptTokens + SLACK_TOKENS;
    }

    boolean agreesWith(Finding other) {
        if (!possible && !other.possible) return true;
        return possible == other.possible
                && said.equals(other.said)
                && Math.abs(promptTokens - other.promptTokens) <= SLACK_TOKENS;
    }
}
