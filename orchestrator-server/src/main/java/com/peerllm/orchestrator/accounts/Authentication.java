package com.peerllm.orchestrator.accounts;

/** Whose request this is, by its API key. */
public sealed interface Authentication {

    record Accepted(Caller caller) implements Authentication {}

    /** The key opens nothing. */
    record Refused(Reason reason) implements Authentication {}

    /** For the log and the metrics; a consumer is told the same sentence in every case. */
    enum Reason {
        MALFORMED,
        UNKNOWN,
        REVOKED
    }
}
