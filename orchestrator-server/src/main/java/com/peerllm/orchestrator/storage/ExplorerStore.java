package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.LogTally.CauseSum;
import com.peerllm.orchestrator.storage.LogTally.HostDay;
import com.peerllm.orchestrator.storage.LogTally.ModelDay;
import com.peerllm.orchestrator.storage.LogTally.PaidModel;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.Credits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** What the explorer tells of the ledger: sums that are kept, and pages of leaves. No question reads a whole table. */
public final class ExplorerStore {
    private final Database database;

    ExplorerStore(Database database) {
        this.database = database;
    }

    /**
     * The ledger as a whole, at one moment.
     *
     * @param leaves all that follows adds up the leaves before this one
     * @param jobs that were paid
     * @param hosts that a leaf names
     * @param causes entries that are no payments
     * @param kinds all accounts of a kind, those of before the log too
     */
    public record Totals(
            long leaves,
            long jobs,
            long hosts,
            PaymentSums paid,
            Earlier earlier,
            Map<String, CauseSum> causes,
            Map<String, KindSum> kinds) {}

    /** Payments of before the log: they have receipts and no leaf. */
    public record Earlier(long payments, Credits charged) {}

    /** The accounts of a kind. */
    public record KindSum(long accounts, Credits balance) {}

    public record HostRow(HostId host, HostSums sums) {}

    public record DayRow(int epochDay, HostSums sums) {}

    public record ModelRow(PaidModel model, PaymentSums sums) {}

    /**
     * What hosts were paid for a file in some days.
     *
     * @param hosts that were paid anything
     */
    public record RecentRow(ModelDigest digest, Credits hostShare, long hosts) {}

    /** The leaf with its number among those that name a host: 1, 2, 3, … */
    public record HostEntry(long number, LeafRow leaf) {}

    public Totals totals() {
        return atOneMoment(ExplorerSql::totals);
    }

    /** Those that earned most, then by id; after this one, if there is one. */
    public List<HostRow> hostsByShare(Optional<HostRow> after, int atMost) {
        return database.read(handle -> ExplorerSql.hostsByShare(handle, after, atMost));
    }

    public Optional<HostSums> host(HostId host) {
        return database.read(handle -> ExplorerSql.host(handle, host));
    }

    /** Pseudonyms are short, so several hosts may have one. */
    public List<HostId> hostsNamed(String pseudonym, int atMost) {
        return database.read(handle -> ExplorerSql.hostsNamed(handle, pseudonym, atMost));
    }

    /** Days with leaves that name the host, the last one first. */
    public List<DayRow> days(HostId host, int beforeEpochDay, int atMost) {
        return database.read(handle -> ExplorerSql.days(handle, host, beforeEpochDay, atMost));
    }

    /** The leaves that name the host, from one of its numbers up to, and without, another. */
    public List<HostEntry> entries(HostId host, long fromNumber, long endNumber) {
        return database.read(handle -> ExplorerSql.entries(handle, host, fromNumber, endNumber));
    }

    /** Those that most was paid for, then by name; after this one, if there is one. */
    public List<ModelRow> modelsByCharged(Optional<ModelRow> after, int atMost) {
        return database.read(handle -> ExplorerSql.modelsByCharged(handle, after, atMost));
    }

    /** Files that hosts were paid most for since a day; whole days since 1970 UTC. */
    public List<RecentRow> modelsSince(int firstEpochDay, int atMost) {
        return database.read(handle -> ExplorerSql.modelsSince(handle, firstEpochDay, atMost));
    }

    /** The numbers of a job's leaves. */
    public List<Long> leavesOf(JobId job) {
        return database.read(handle -> ExplorerSql.leavesOf(handle, job));
    }

    /**
     * All tables of the explorer, to be compared with the leaves.
     *
     * @param leafCount as the journal counts them
     * @param accounts the account table, added up by kind
     */
    public record Tables(
            Totals totals,
            long leafCount,
            Map<String, KindSum> accounts,
            Map<HostId, HostSums> hosts,
            Map<HostDay, HostSums> days,
            Map<PaidModel, PaymentSums> models,
            Map<ModelDay, Credits> modelDays,
            Map<HostId, EntrySum> entries) {}

    /** @param weight sum of number times leaf, so that a leaf under another number shows */
    public record EntrySum(long entries, java.math.BigInteger weight) {}

    /** Reads every row; for an audit. */
    public Tables tables() {
        return atOneMoment(ExplorerSql::tables);
    }

    /** All queries see what was committed when the first began. */
    private <T> T atOneMoment(Function<Handle, T> queries) {
        return database.read(handle -> {
            handle.rollback();
            handle.setTransactionIsolationLevel(TransactionIsolationLevel.SERIALIZABLE);
            try {
                return queries.apply(handle);
            } finally {
                handle.rollback();
                handle.setTransactionIsolationLevel(TransactionIsolationLevel.READ_COMMITTED);
            }
        });
    }
}
