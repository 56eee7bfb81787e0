package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.AccountRow.TotalsRow;
import com.peerllm.orchestrator.storage.JournalBatch.Head;
import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The ledger's tables: the journal, the account totals that follow from it, and the settlements. */
public final class LedgerStore {
    private static final String SETTLEMENT_COLUMNS =
            "select seq, job, consumer, held, charged, dropped, fingerprint, settled_at, key_id from settlement ";
    private static final String TRANSFER_COLUMNS =
            "select seq, id, phase, debit_account, credit_account, amount, cause, made_at from transfer ";

    private final Database database;

    LedgerStore(Database database) {
        this.database = database;
    }

    public Head head() {
        return database.read(LedgerStore::head);
    }

    static Head head(Handle handle) {
        return handle.createQuery("select batch_number, last_seq, leaf_count from journal_head")
                .map((row, context) -> new Head(row.getLong(1), row.getLong(2), row.getLong(3)))
                .one();
    }

    /**
     * Writes a batch and forces it to the disk. A batch that is in the tables already is not written twice, so a failed
     * call can be repeated whatever became of it.
     *
     * @throws StorageException with code {@code CONFLICT} when another program wrote to the journal
     */
    public void append(JournalBatch batch) {
        database.change(new Change.Journalled(batch));
    }

    /** All accounts with their totals, by id. */
    public List<AccountRow> accounts() {
        return database.read(handle ->
                handle.createQuery("""
                        select id, opened_at, debits_posted, credits_posted, debits_pending, credits_pending
                        from account order by id""").map((row, context) -> account(row)).list());
    }

    /** A piece of the journal: the lines after one, up to and including another, in order. */
    public List<TransferRow> transfers(long afterSeq, long throughSeq) {
        return database.read(
                handle -> handle.createQuery(TRANSFER_COLUMNS + "where seq > :after and seq <= :through order by seq")
                        .bind("after", afterSeq)
                        .bind("through", throughSeq)
                        .map((row, context) -> transfer(row))
                        .list());
    }

    public Optional<TransferRow> transfer(String id) {
        return database.read(handle -> handle.createQuery(TRANSFER_COLUMNS + "where id = :id")
                .bind("id", id)
                .map((row, context) -> transfer(row))
                .findOne());
    }

    /** The settlements whose journal lines lie in such a piece, in order. */
    public List<SettlementRow> settlements(long afterSeq, long throughSeq) {
        return database.read(
                handle -> handle.createQuery(SETTLEMENT_COLUMNS + "where seq > :after and seq <= :through order by seq")
                        .bind("after", afterSeq)
                        .bind("through", throughSeq)
                        .map((row, context) -> settlement(row))
                        .list());
    }

    public Optional<SettlementRow> settlement(JobId job) {
        return database.read(handle -> handle.createQuery(SETTLEMENT_COLUMNS + "where job = :job")
                .bind("job", job.value())
                .map((row, context) -> settlement(row))
                .findOne());
    }

    /**
     * Compares the journal, settlements and receipts up to this journal line, and keys and models, with the change log
     * that was forced to the disk before them. Reads the whole log.
     *
     * @return the first difference or damage, as a sentence; empty when there is none, and where no such log is kept
     */
    public Optional<String> differenceFromLog(long lastSeq) {
        return database.differenceFromLog(lastSeq);
    }

    private static AccountRow account(ResultSet row) throws SQLException {
        TotalsRow totals = new TotalsRow(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
        return new AccountRow(new AccountId(row.getString(1)), row.getLong(2), totals);
    }

    private static TransferRow transfer(ResultSet row) throws SQLException {
        return new TransferRow(
                row.getLong(1),
                row.getString(2),
                Phase.ofLetter(row.getString(3)),
                new AccountId(row.getString(4)),
                new AccountId(row.getString(5)),
                new Credits(row.getLong(6)),
                row.getString(7),
                row.getLong(8));
    }

    private static SettlementRow settlement(ResultSet row) throws SQLException {
        return new SettlementRow(
                row.getLong(1),
                new JobId(row.getString(2)),
                new AccountId(row.getString(3)),
                new Credits(row.getLong(4)),
                new Credits(row.getLong(5)),
                new Credits(row.getLong(6)),
                row.getString(7),
                row.getLong(8),
                Optional.ofNullable(row.getString(9)));
    }
}
