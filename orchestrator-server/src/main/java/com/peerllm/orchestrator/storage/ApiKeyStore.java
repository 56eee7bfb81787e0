package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The API keys' rows; a secret is never among them. */
public final class ApiKeyStore {
    private final Database database;

    ApiKeyStore(Database database) {
        this.database = database;
    }

    /** All keys, oldest first. */
    public List<ApiKeyRow> all() {
        return database.read(handle ->
                handle.createQuery("""
                        select key_id, account, label, secret_hash, created_at, revoked_at,
                            scopes, spend_limit, spend_period, requests_per_minute, tokens_per_minute, expires_at
                        from api_key order by created_at, key_id""").map((row, context) -> key(row)).list());
    }

    public void insert(ApiKeyRow key) {
        database.change(new Change.KeyMade(key));
    }

    static boolean insert(Handle handle, ApiKeyRow key) {
        KeyTermsRow terms = key.terms().orElse(KeyTermsRow.VERSION_1);
        Update row = handle.createUpdate("""
                        insert into api_key (key_id, account, label, secret_hash, created_at, scopes, spend_limit,
                            spend_period, requests_per_minute, tokens_per_minute, expires_at)
                        values (:id, :account, :label, :hash, :created, :scopes, :limit, :period, :requests, :tokens,
                            :expires)""")
                .bind("id", key.keyId())
                .bind("account", key.account().value())
                .bind("label", key.label())
                .bind("hash", key.secretHash())
                .bind("created", key.createdAtMillis());
        bind(row, terms).execute();
        return true;
    }

    /** Writes a key's label and terms in place of those it has. */
    public void change(String keyId, String label, KeyTermsRow terms) {
        database.change(new Change.KeyChanged(keyId, label, terms));
    }

    static boolean change(Handle handle, Change.KeyChanged changed) {
        Update row = handle.createUpdate("""
                        update api_key set label = :label, scopes = :scopes, spend_limit = :limit,
                            spend_period = :period, requests_per_minute = :requests, tokens_per_minute = :tokens,
                            expires_at = :expires where key_id = :id""").bind("id", changed.keyId()).bind("label", changed.label());
        return bind(row, changed.terms()).execute() > 0;
    }

    private static Update bind(Update row, KeyTermsRow terms) {
        return row.bind("scopes", String.join(" ", terms.scopes()))
                .bind(
                        "limit",
                        terms.spendLimit().isPresent() ? terms.spendLimit().getAsLong() : null)
                .bind("period", terms.spendPeriod().orElse(null))
                .bind("requests", orNull(terms.requestsPerMinute()))
                .bind("tokens", orNull(terms.tokensPerMinute()))
                .bind(
                        "expires",
                        terms.expiresAtMillis().isPresent()
                                ? terms.expiresAtMillis().getAsLong()
                                : null);
    }

    private static Integer orNull(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    public void revoke(String keyId, long atMillis) {
        database.change(new Change.KeyRevoked(keyId, atMillis));
    }

    static boolean revoke(Handle handle, Change.KeyRevoked revoked) {
        return handle.createUpdate("update api_key set revoked_at = :at where key_id = :id and revoked_at is null")
                        .bind("at", revoked.atMillis())
                        .bind("id", revoked.keyId())
                        .execute()
                > 0;
    }

    private static ApiKeyRow key(ResultSet row) throws SQLException {
        KeyTermsRow terms = new KeyTermsRow(
                List.of(row.getString(7).split(" ")),
                optionalLong(row, 8),
                Optional.ofNullable(row.getString(9)),
                optionalInt(row, 10),
                optionalInt(row, 11),
                optionalLong(row, 12));
        return new ApiKeyRow(
                row.getString(1),
                new AccountId(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                optionalLong(row, 6),
                Optional.of(terms));
    }

    private static OptionalLong optionalLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalInt optionalInt(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /**
     * One key.
     *
     * @param secretHash SHA-256 of the secret, hex
     * @param terms empty in changes that version 1 wrote
     */
    public record ApiKeyRow(
            String keyId,
            AccountId account,
            String label,
            String secretHash,
            long createdAtMillis,
            OptionalLong revokedAtMillis,
            Optional<KeyTermsRow> terms) {}

    /**
     * What a key may do and spend.
     *
     * @param scopes at least one word
     * @param spendLimit nano-dollars
     * @param spendPeriod a word; present when the limit is
     */
    public record KeyTermsRow(
            List<String> scopes,
            OptionalLong spendLimit,
            Optional<String> spendPeriod,
            OptionalInt requestsPerMinute,
            OptionalInt tokensPerMinute,
            OptionalLong expiresAtMillis) {
        /** What every key could do before keys had terms; the migration says the same. */
        static final KeyTermsRow VERSION_1 = new KeyTermsRow(
                List.of("models", "chat", "embeddings", "account"),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty());
    }
}
