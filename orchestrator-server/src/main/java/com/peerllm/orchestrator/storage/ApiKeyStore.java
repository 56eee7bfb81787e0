package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

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
                        select key_id, account, label, secret_hash, created_at, revoked_at
                        from api_key order by created_at, key_id""").map((row, context) -> key(row)).list());
    }

    public void insert(ApiKeyRow key) {
        database.change(new Change.KeyMade(key));
    }

    static boolean insert(Handle handle, ApiKeyRow key) {
        handle.createUpdate("insert into api_key values (?, ?, ?, ?, ?, null)")
                .bind(0, key.keyId())
                .bind(1, key.account().value())
                .bind(2, key.label())
                .bind(3, key.secretHash())
                .bind(4, key.createdAtMillis())
                .execute();
        return true;
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
        long revokedAt = row.getLong(6);
        OptionalLong revoked = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(revokedAt);
        return new ApiKeyRow(
                row.getString(1),
                new AccountId(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                revoked);
    }

    /** @param secretHash SHA-256 of the secret, hex */
    public record ApiKeyRow(
            String keyId,
            AccountId account,
            String label,
            String secretHash,
            long createdAtMillis,
            OptionalLong revokedAtMillis) {}
}
