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
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys that consumers and administrators send: made, listed, changed, revoked, and checked in memory on the request
 * path.
 *
 * <p>Safe for many threads. All keys are held in memory; only an administrator makes them.
 */
public final class ApiKeys {
    private static final int LONGEST_LABEL = 64;
    private static final long NEVER = 0;
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

    /** Makes a key with the standard terms. */
    public NewApiKey create(AccountId account, String label) {
        return create(account, label, KeyTerms.STANDARD);
    }

    /**
     * Makes a key that is good from now on. Writes the database.
     *
     * @param label the owner's word for it, up to 64 characters; may be empty
     */
    public synchronized NewApiKey create(AccountId account, String label, KeyTerms terms) {
        requireShort(label);
        KeySecret secret = KeySecret.generate(random);
        ApiKeyRow row = new ApiKeyRow(
                secret.keyId(),
                account,
                label,
                HexFormat.of().formatHex(secret.hash()),
                clock.millis(),
                OptionalLong.empty(),
                Optional.of(KeyTermsRows.of(terms)));
        store.insert(row);
        Known known = Known.of(row);
        byId.put(row.keyId(), known);
        return new NewApiKey(known.key(), secret.text());
    }

    private static void requireShort(String label) {
        if (label.length() > LONGEST_LABEL) {
            throw new IllegalArgumentException("A key's label has at most " + LONGEST_LABEL + " characters");
        }
    }

    /**
     * Changes what a key may do, from the next request on. Writes the database.
     *
     * @return the key as it is now; empty when there is no such key, or it is revoked
     */
    public synchronized Optional<ApiKey> change(String keyId, KeyChange change) {
        Known known = byId.get(keyId);
        if (known == null || known.key().revokedAt().isPresent()) return Optional.empty();
        String label = change.label().orElse(known.key().label());
        requireShort(label);
        KeyTerms terms = change.applyTo(known.key().terms());
        store.change(keyId, label, KeyTermsRows.of(terms));
        Known changed = known.as(known.key().with(label, terms));
        byId.put(keyId, changed);
        return Optional.of(changed.key());
    }

    /**
     * Makes a key worthless, at once. Writes the database.
     *
     * @return false when there is no such key, or it is revoked already
     */
    public synchronized boolean revoke(String keyId) {
        Known known = byId.get(keyId);
        if (known == null || known.key().revokedAt().isPresent()) return false;
        long now = clock.millis();
        store.revoke(keyId, now);
        byId.put(keyId, known.as(known.key().revoked(Instant.ofEpochMilli(now))));
        return true;
    }

    /**
     * Makes all keys of an account worthless and forgets their labels. Writes the database.
     *
     * @return how many were valid
     */
    public synchronized int erase(AccountId account) {
        int revoked = 0;
        for (ApiKey key : list(account)) {
            if (revoke(key.id())) revoked++;
            if (key.label().isEmpty()) continue;
            store.change(key.id(), "", KeyTermsRows.of(key.terms()));
            byId.computeIfPresent(key.id(), (id, known) -> known.as(known.key().with("", key.terms())));
        }
        return revoked;
    }

    public Optional<ApiKey> find(String keyId) {
        return Optional.ofNullable(byId.get(keyId)).map(Known::key);
    }

    /** All keys of an account, oldest first, revoked ones too. */
    public List<ApiKey> list(AccountId account) {
        return list().stream().filter(key -> key.account().equals(account)).toList();
    }

    /** All keys, oldest first, revoked ones too. */
    public List<ApiKey> list() {
        return byId.values().stream()
                .map(Known::key)
                .sorted(Comparator.comparing(ApiKey::createdAt).thenComparing(ApiKey::id))
                .toList();
    }

    /** When a request last came with this key, since this program started; kept in memory only. */
    public Optional<Instant> lastUsed(String keyId) {
        return Optional.ofNullable(byId.get(keyId))
                .map(known -> known.lastUsedMillis().get())
                .filter(millis -> millis != NEVER)
                .map(Instant::ofEpochMilli);
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
        Instant now = clock.instant();
        if (known.key().isExpired(now)) return new Authentication.Refused(Authentication.Reason.EXPIRED);
        known.lastUsedMillis().setPlain(now.toEpochMilli());
        return new Authentication.Accepted(known.key());
    }

    /** Whether there was ever a key of the id in this text; says nothing about the secret behind it. Computes no hash. */
    public boolean isIdKnown(String bearer) {
        return KeySecret.parse(bearer)
                .map(secret -> byId.containsKey(secret.keyId()))
                .orElse(false);
    }

    private record Known(ApiKey key, byte[] hash, AtomicLong lastUsedMillis) {
        static Known of(ApiKeyRow row) {
            Optional<Instant> revokedAt = row.revokedAtMillis().isPresent()
                    ? Optional.of(Instant.ofEpochMilli(row.revokedAtMillis().getAsLong()))
                    : Optional.empty();
            ApiKey key = new ApiKey(
                    row.keyId(),
                    row.account(),
                    row.label(),
                    row.terms().map(KeyTermsRows::terms).orElse(KeyTerms.STANDARD),
                    Instant.ofEpochMilli(row.createdAtMillis()),
                    revokedAt);
            return new Known(key, HexFormat.of().parseHex(row.secretHash()), new AtomicLong(NEVER));
        }

        Known as(ApiKey changed) {
            return new Known(changed, hash, lastUsedMillis);
        }
    }
}
