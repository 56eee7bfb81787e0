package com.peerllm.orchestrator.accounts;

/**
 * A key at the one moment when its secret is known.
 *
 * @param secret the whole key as the consumer sends it, {@code pllm_…}; shown once, kept nowhere
 */
public record NewApiKey(ApiKey key, String secret) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "NewApiKey[" + key.id() + "]";
    }
}
