package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.shared.identity.AccountId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** The keys that consumers send: made, listed, revoked, and checked in memory on the request path. */
public final class ApiKeys {

    /** Loads all keys. */
    public ApiKeys(Database database, SecureRandom random, InstantSource clock) {}

    /** Makes a key that is good from now on. Writes the database. */
    public NewApiKey create(AccountId account, String label) {
        throw new UnsupportedOperationException("not yet");
    }

    /** @return false when there is no such key, or it is revoked already */
    public boolean revoke(String keyId) {
        throw new UnsupportedOperationException("not yet");
    }

    /** All keys of an account, oldest first, revoked ones too. */
    public List<ApiKey> list(AccountId account) {
        throw new UnsupportedOperationException("not yet");
    }

    /** @param bearer what stood behind {@code Bearer } */
    public Authentication authenticate(String bearer) {
        throw new UnsupportedOperationException("not yet");
    }
}
