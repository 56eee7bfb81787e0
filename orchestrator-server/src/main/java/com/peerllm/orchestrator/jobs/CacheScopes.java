package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Names for consumers that hosts may see: the same for all jobs of one consumer while the orchestrator runs, and of no
 * use for finding out who it is.
 */
public final class CacheScopes {
    private final byte[] secret;

    /** @param secret random bytes that nobody else knows */
    public CacheScopes(byte[] secret) {
        this.secret = secret.clone();
    }

    String of(AccountId consumer) {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(secret);
        return HexFormat.of().formatHex(sha256.digest(consumer.value().getBytes(StandardCharsets.UTF_8)), 0, 16);
    }
}
