package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.AccountRow.TotalsRow;
import com.peerllm.orchestrator.storage.JournalBatch.Head;
import com.peerllm.orchestrator.storage.JournalBatch.Leaves;
import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.shared.identity.AccountId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** Puts one batch of the journal into the tables, inside a transaction of its caller. */
final class JournalInsertion {
    private final Handle handle;

    JournalInsertion(Handle handle) {
        this.handle = handle;
    }

    /** @return false when this very batch is in the tables already */
    boolean insert(JournalBatch batch) {
        if (!advanceHead(batch)) return false;
        insertAccounts(batch.opened());
        insertTransfers(batch.transfers());
        changeTotals(batch.transfers());
        EarningsStore.count(handle, batch.transfers());
        insertSettlements(batch.settlements());
        ReceiptStore.insert(handle, batch.receipts());
        batch.leaves().ifPresent(leaves -> LeafStore.insert(handle, leaves.texts()));
        new ExplorerInsertion(handle).add(batch);
        return true;
    }

    /**
     * Takes this batch's number. It also serializes writers: two orchestrators that share a database by mistake cannot
     * both take the same number.
     *
     * @return false when this very batch is in the tables already
     */
    private boolean advanceHead(JournalBatch batch) {
        Optional<Leaves> leaves = batch.leaves();
        Update update = handle.createUpdate(leaves.isPresent() ? """
                        update journal_head set batch_number = :number, last_seq = :last, leaf_count = :leavesAfter
                        where batch_number = :number - 1 and last_seq = :last - :added and leaf_count = :leavesBefore""" : """
                        update journal_head set batch_number = :number, last_seq = :last
                        where batch_number = :number - 1 and last_seq = :last - :added""");
        leaves.ifPresent(
                step -> update.bind("leavesBefore", step.countBefore()).bind("leavesAfter", step.countAfter()));
        int advanced = update.bind("number", batch.number())
                .bind("last", batch.lastSeq())
                .bind("added", (long) batch.transfers().size())
                .execute();
        if (advanced == 1) return true;
        Head head = LedgerStore.head(handle);
        if (head.batchNumber() == batch.number() && head.lastSeq() == batch.lastSeq()) return false;
        throw new StorageException(
                StorageException.Code.CONFLICT,
                "Another orchestrator wrote to this ledger (it stands at batch " + head.batchNumber() + ", not at "
                        + (batch.number() - 1) + "). Stop one of them.");
    }

    private void insertAccounts(List<AccountRow> accounts) {
        if (accounts.isEmpty()) return;
        PreparedBatch rows = handle.prepareBatch("insert into account values (?, ?, 0, 0, 0, 0)");
        for (AccountRow account : accounts) {
            rows.bind(0, account.id().value()).bind(1, account.openedAtMillis()).add();
        }
        rows.execute();
    }

    private void insertTransfers(List<TransferRow> transfers) {
        if (transfers.isEmpty()) return;
        PreparedBatch rows = handle.prepareBatch("insert into transfer values (?, ?, ?, ?, ?, ?, ?, ?)");
        for (TransferRow transfer : transfers) {
            rows.bind(0, transfer.seq())
                    .bind(1, transfer.id())
                    .bind(2, transfer.phase().letter())
                    .bind(3, transfer.debit().value())
                    .bind(4, transfer.credit().value())
                    .bind(5, transfer.amount().nanoDollars())
                    .bind(6, transfer.cause())
                    .bind(7, transfer.madeAtMillis())
                    .add();
        }
        rows.execute();
    }

    /** Adds up what the batch does to each account, in order of their ids so that two writers cannot deadlock. */
    private void changeTotals(List<TransferRow> transfers) {
        if (transfers.isEmpty()) return;
        Map<AccountId, TotalsRow> changes = new TreeMap<>();
        for (TransferRow transfer : transfers) {
            changes.merge(transfer.debit(), transfer.changeOfDebit(), TotalsRow::plus);
            changes.merge(transfer.credit(), transfer.changeOfCredit(), TotalsRow::plus);
        }
        PreparedBatch rows = handle.prepareBatch("""
                update account set debits_posted = debits_posted + ?, credits_posted = credits_posted + ?,
                    debits_pending = debits_pending + ?, credits_pending = credits_pending + ? where id = ?""");
        changes.forEach((account, change) -> rows.bind(0, change.debitsPosted())
                .bind(1, change.creditsPosted())
                .bind(2, change.debitsPending())
                .bind(3, change.creditsPending())
                .bind(4, account.value())
                .add());
        requireEveryRow(rows.execute(), changes.size());
    }

    private static void requireEveryRow(int[] counts, int expected) {
        int changed = 0;
        for (int count : counts) changed += count;
        if (changed != expected) {
            throw new StorageException(
                    StorageException.Code.DAMAGED, "A transfer names an account that is not in the database");
        }
    }

    private void insertSettlements(List<SettlementRow> settlements) {
        if (settlements.isEmpty()) return;
        PreparedBatch rows = handle.prepareBatch("insert into settlement values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (SettlementRow settlement : settlements) {
            rows.bind(0, settlement.seq())
                    .bind(1, settlement.job().value())
                    .bind(2, settlement.consumer().value())
                    .bind(3, settlement.held().nanoDollars())
                    .bind(4, settlement.charged().nanoDollars())
                    .bind(5, settlement.dropped().nanoDollars())
                    .bind(6, settlement.fingerprint())
                    .bind(7, settlement.settledAtMillis())
                    .bind(8, settlement.keyId().orElse(null))
                    .add();
        }
        rows.execute();
    }
}
