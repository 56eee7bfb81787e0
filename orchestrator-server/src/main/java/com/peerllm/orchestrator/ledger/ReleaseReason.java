package com.peerllm.orchestrator.ledger;

import java.util.Locale;

/** Why a hold ended without a charge; written into the journal. */
public enum ReleaseReason {
    /** The consumer left before the first token. */
    CANCELLED,
    /** No host could answer. */
    FAILED,
    /** The job ended, and no token had been delivered. */
    NOTHING_DELIVERED,
    /** The hold outlived its time-out. */
    TIMED_OUT,
    /** The orchestrator ended while the job ran. */
    RESTART;

    String word() {
        return "released_" + name().toLowerCase(Locale.ROOT);
    }
}
