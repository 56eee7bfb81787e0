package com.peerllm.orchestrator.accounts;

/** Whose request this is, by its API key. */
public sealed interface Authentication {

    record Accepted(ApiKey key) implements Authentication {}

    /** The key opens nothing. */
    record Refused(Reason reason) implements Authentication {}

    /** For the metrics. Only who had the right secret is told more than that the key is not valid. */
    enum Reason {
        MALFORMED,
        UNKNOWN,
        REVOKED,
        EXPIRED;

        /** Whether the secret was right once, so that its owner may be told what became of the key. */
        public boolean secretFits() {
            return this == REVOKED || this == EXPIRED;
        }
    }
}
