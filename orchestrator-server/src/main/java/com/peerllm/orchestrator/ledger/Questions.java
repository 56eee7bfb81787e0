package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.orchestrator.storage.ReceiptStore;
import com.peerllm.orchestrator.storage.StorageException;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import java.util.List;
import java.util.Optional;

/** What only the tables know, answered by the journal's thread when they hold everything decided before the question. */
final class Questions {
    private final LedgerStore store;
    private final ReceiptStore receipts;
    private final Postings postings;

    Questions(LedgerStore store, ReceiptStore receipts, Postings postings) {
        this.store = store;
        this.receipts = receipts;
        this.postings = postings;
    }

    /** What has to be done from time to time, asked by nobody. */
    void tick() {
        postings.endGifts();
    }

    /** @return false when this was the end */
    boolean answer(Operation.Read question) {
        try {
            switch (question) {
                case Operation.Post wish -> postings.handle(wish);
                case Operation.SettleAgain again -> again.done().complete(settledBefore(again.settlement()));
                case Operation.Fate fate -> fate.done().complete(fateOf(fate.job()));
                case Operation.Reach reach -> reach.done().complete(null);
                case Operation.Compare compare -> compare.done().complete(tables());
                case Operation.Stop stop -> stop.done().complete(null);
            }
        } catch (StorageException e) {
            question.done()
                    .completeExceptionally(new LedgerException(LedgerException.Code.UNAVAILABLE, e.getMessage(), e));
        } catch (LedgerException e) {
            question.done().completeExceptionally(e);
        } catch (RuntimeException e) {
            question.done().completeExceptionally(e);
            throw e;
        }
        return !(question instanceof Operation.Stop);
    }

    private JobFate fateOf(JobId job) {
        if (store.settlement(job).isPresent()) return JobFate.PAID;
        TransferId hold = TransferId.holdOf(job);
        if (store.transfer(hold.end().value()).isPresent()) return JobFate.RELEASED;
        return store.transfer(hold.value()).isPresent() ? JobFate.OPEN : JobFate.UNKNOWN;
    }

    private Operation.Tables tables() {
        return new Operation.Tables(store.accounts(), store.head().lastSeq());
    }

    private Settlement.Done settledBefore(Settlement settlement) {
        JobId job = settlement.job();
        Optional<SettlementRow> row = store.settlement(job);
        if (row.isEmpty()) return releasedBefore(settlement);
        if (!row.get().fingerprint().equals(settlement.fingerprint())) {
            throw new LedgerException(
                    LedgerException.Code.OTHER_CONTENT, job + " was settled before, with other content");
        }
        Credits charged = row.get().charged();
        return new Settlement.Done(job, charged, row.get().held().minus(charged), receipts.of(job));
    }

    private Settlement.Done releasedBefore(Settlement settlement) {
        JobId job = settlement.job();
        Optional<TransferRow> end = store.transfer(TransferId.holdOf(job).end().value());
        if (end.isEmpty()) {
            throw new LedgerException(LedgerException.Code.NO_HOLD, "Nothing was ever set aside for " + job);
        }
        if (settlement.deliversNothing()) {
            TransferId gifts = TransferId.holdOf(job).promoPart();
            Credits given =
                    store.transfer(gifts.end().value()).map(TransferRow::amount).orElse(Credits.ZERO);
            return new Settlement.Done(job, Credits.ZERO, end.get().amount().plus(given), List.of());
        }
        throw new LedgerException(
                LedgerException.Code.NO_HOLD,
                "What was set aside for " + job + " was given back before ("
                        + end.get().cause() + ")");
    }
}
