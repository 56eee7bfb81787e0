package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.storage.ApiKeyStore;
import com.peerllm.orchestrator.storage.ApiKeyStore.ApiKeyRow;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.shared.identity.AccountId;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that consumers send: made, listed, revoked, and checked in memory on the request path.
 *
 * <p>Safe for many threads. All keys are held in memory; only an administrator makes them.
 */
public final class ApiKeys {
    private static final int LONGEST_LABEL = 64;
    /** What a key that does not exist is compared with, so that it takes as long as one that does. */
    private static final byte[] NO_HASH = new byte[32];

    private final ApiKeyStore store;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<String, Known> byId = new ConcurrentHashMap<>();

    /** Loads all keys. Reads the database. */
    public ApiKeys(Database database, SecureRandom random, InstantSource clock) {
        this.store = database.apiKeys();
        this.random = random;
        this.clock = clock;
        store.all().forEach(row -> byId.put(row.keyId(), Known.of(row)));
    }

    /**
     * Makes a key that is good from now on. Writes the database.
     *
     * @param label the owner's word for it, up to 64 characters; may be empty
     */
    public NewApiKey create(AccountId account, String label) {
        if (label.length() > LONGEST_LABEL) {
            throw new IllegalArgumentException("A key's label has at most " + LONGEST_LABEL + " characters");
        }
        KeySecret secret = KeySecret.generate(random);
        ApiKeyRow row = new ApiKeyRow(
                secret.keyId(),
                account,
                label,
                HexFormat.of().formatHex(secret.hash()),
                clock.millis(),
                OptionalLong.empty());
        store.insert(row);
        Known known = Known.of(row);
        byId.put(row.keyId(), known);
        return new NewApiKey(known.key(), secret.text());
    }

    /**
     * Makes a key worthless, at once. Writes the database.
     *
     * @return false when there is no such key, or it is revoked already
     */
    public boolean revoke(String keyId) {
        Known known = byId.get(keyId);
        if (known == null || known.key().revokedAt().isPresent()) return false;
        long now = clock.millis();
        store.revoke(keyId, now);
        byId.put(keyId, known.revoked(Instant.ofEpochMilli(now)));
        return true;
    }

    /** All keys of an account, oldest first, revoked ones too. */
    public List<ApiKey> list(AccountId account) {
        return byId.values().stream()
                .map(Known::key)
                .filter(key -> key.account().equals(account))
                .sorted(Comparator.comparing(ApiKey::createdAt).thenComparing(ApiKey::id))
                .toList();
    }

    /**
     * Whose key this is. Memory only, in constant time.
     *
     * @param bearer what stood behind {@code Bearer }
     */
    public Authentication authenticate(String bearer) {
        Optional<KeySecret> secret = KeySecret.parse(bearer);
        if (secret.isEmpty()) return new Authentication.Refused(Authentication.Reason.MALFORMED);
        Known known = byId.get(secret.get().keyId());
        boolean fits = MessageDigest.isEqual(secret.get().hash(), known == null ? NO_HASH : known.hash());
        if (known == null || !fits) return new Authentication.Refused(Authentication.Reason.UNKNOWN);
        if (known.key().revokedAt().isPresent()) return new Authentication.Refused(Authentication.Reason.REVOKED);
        return new Authentication.Accepted(
                new Caller(known.key().account(), known.key().id()));
    }

    private record Known(ApiKey key, byte[] hash) {
        static Known of(ApiKeyRow row) {
            Optional<Instant> revokedAt = row.revokedAtMillis().isPresent()
                    ? Optional.of(Instant.ofEpochMilli(row.revokedAtMillis().getAsLong()))
                    : Optional.empty();
            ApiKey key = new ApiKey(
                    row.keyId(), row.account(), row.label(), Instant.ofEpochMilli(row.createdAtMillis()), revokedAt);
            return new Known(key, HexFormat.of().parseHex(row.secretHash()));
        }

        Known revoked(Instant at) {
            return new Known(new ApiKey(key.id(), key.account(), key.label(), key.createdAt(), Optional.of(at)), hash);
        }
    }
}
