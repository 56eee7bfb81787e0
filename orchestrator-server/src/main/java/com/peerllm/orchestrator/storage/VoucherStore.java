package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The vouchers' rows, each with the journal's line of its redemption; a code is never among them. */
public final class VoucherStore {
    private static final String SELECT = """
            select v.voucher_id, v.code_hash, v.transfer_id, v.label, v.amount, v.gift, v.made_at, v.expires_at, v.revoked_at,
                t.credit_account, t.made_at as redeemed_at
            from voucher v left join transfer t on t.id = v.transfer_id\s""";

    private final Database database;

    VoucherStore(Database database) {
        this.database = database;
    }

    /** By id: so many after this one. */
    public List<KnownVoucher> list(String after, int atMost) {
        return database.read(
                handle -> handle.createQuery(SELECT + "where v.voucher_id > :after order by v.voucher_id limit :most")
                        .bind("after", after)
                        .bind("most", atMost)
                        .map((row, context) -> known(row))
                        .list());
    }

    public Optional<KnownVoucher> find(String id) {
        return one("where v.voucher_id = :key", id);
    }

    public Optional<KnownVoucher> findByCodeHash(String codeHash) {
        return one("where v.code_hash = :key", codeHash);
    }

    private Optional<KnownVoucher> one(String where, String key) {
        return database.read(handle -> {
            Query query = handle.createQuery(SELECT + where).bind("key", key);
            return query.map((row, context) -> known(row)).findOne();
        });
    }

    /** All or none. */
    public void insert(List<VoucherRow> vouchers) {
        database.change(new Change.VouchersMade(vouchers));
    }

    static boolean insert(Handle handle, List<VoucherRow> vouchers) {
        PreparedBatch rows = handle.prepareBatch("""
                insert into voucher (voucher_id, code_hash, transfer_id, label, amount, gift, made_at, expires_at)
                values (:id, :hash, :transfer, :label, :amount, :gift, :made, :expires)""");
        for (VoucherRow voucher : vouchers) {
            rows.bind("id", voucher.id())
                    .bind("hash", voucher.codeHash())
                    .bind("transfer", voucher.transferId())
                    .bind("label", voucher.label())
                    .bind("amount", voucher.amountNanos())
                    .bind("gift", voucher.gift())
                    .bind("made", voucher.madeAtMillis())
                    .bind("expires", boxed(voucher.expiresAtMillis()))
                    .add();
        }
        rows.execute();
        return true;
    }

    /** @return false when there is none of this id, or it is revoked already */
    public boolean revoke(String id, long atMillis) {
        return database.change(new Change.VoucherRevoked(id, atMillis));
    }

    static boolean revoke(Handle handle, Change.VoucherRevoked revoked) {
        return handle.createUpdate("update voucher set revoked_at = :at where voucher_id = :id and revoked_at is null")
                        .bind("at", revoked.atMillis())
                        .bind("id", revoked.id())
                        .execute()
                > 0;
    }

    private static KnownVoucher known(ResultSet row) throws SQLException {
        VoucherRow voucher = new VoucherRow(
                row.getString("voucher_id"),
                row.getString("code_hash"),
                row.getString("transfer_id"),
                row.getString("label"),
                row.getLong("amount"),
                row.getBoolean("gift"),
                row.getLong("made_at"),
                optional(row, "expires_at"),
                optional(row, "revoked_at"));
        Optional<AccountId> by =
                Optional.ofNullable(row.getString("credit_account")).map(AccountId::new);
        return new KnownVoucher(voucher, by, optional(row, "redeemed_at"));
    }

    private static OptionalLong optional(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    /**
     * One voucher as it was made.
     *
     * @param codeHash SHA-256 of the code, hex
     * @param transferId the journal's line that its redemption will be
     * @param amountNanos nano-dollars
     */
    public record VoucherRow(
            String id,
            String codeHash,
            String transferId,
            String label,
            long amountNanos,
            boolean gift,
            long madeAtMillis,
            OptionalLong expiresAtMillis,
            OptionalLong revokedAtMillis) {}

    /**
     * A voucher and what became of it.
     *
     * @param creditedAccount where its credits went
     */
    public record KnownVoucher(
            VoucherRow voucher, Optional<AccountId> creditedAccount, OptionalLong redeemedAtMillis) {}
}
