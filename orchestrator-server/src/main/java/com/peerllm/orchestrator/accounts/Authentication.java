package com.peerllm.orchestrator.accounts;

import com.peerllm.shared.identity.AccountId;

/** Whose request this is, by its API key. */
public sealed interface Authentication {

    /** @param keyId which of the account's keys; not secret */
    record Accepted(AccountId account, String keyId) implements Authentication {}

    /** The key opens nothing. */
    record Refused(Reason reason) implements Authentication {}

    /** For the log and the metrics; a consumer is told the same sentence in every case. */
    enum Reason {
        MALFORMED,
        UNKNOWN,
        REVOKED
    }
}
