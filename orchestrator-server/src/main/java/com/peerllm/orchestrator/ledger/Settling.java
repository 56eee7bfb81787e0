package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.ledger.Answer.Applied;
import com.peerllm.orchestrator.ledger.Answer.Refused;
import com.peerllm.orchestrator.ledger.Answer.Repeated;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a job's hold: pays the hosts out of it, or gives it back. */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private final LiveBook live;
    private final ReceiptIssuer issuer;
    private final Executor signers;

    /** @param signers where receipts are signed; must not run on the calling thread */
    Settling(LiveBook live, ReceiptIssuer issuer, Executor signers) {
        this.live = live;
        this.issuer = issuer;
        this.signers = signers;
    }

    CompletableFuture<Settlement.Done> settle(Settlement settlement) {
        return live.decide(book -> {
            Optional<Transfer.Hold> hold = book.openHold(TransferId.holdOf(settlement.job()));
            if (hold.isEmpty()) return askWhetherDone(settlement);
            if (live.stopped().isPresent())
                return CompletableFuture.failedFuture(live.stopped().get());
            if (!hold.get().debit().equals(settlement.consumer()))
                return CompletableFuture.failedFuture(notYours(settlement));
            Optional<Bill.Gift> gift =
                    book.openHold(hold.get().id().promoPart()).map(part -> new Bill.Gift(part.debit(), part.amount()));
            return settle(Bill.of(settlement, hold.get().amount(), gift));
        });
    }

    private CompletableFuture<Settlement.Done> askWhetherDone(Settlement settlement) {
        Operation.SettleAgain question = new Operation.SettleAgain(settlement, new CompletableFuture<>());
        live.ask(question);
        return question.done();
    }

    private static LedgerException notYours(Settlement settlement) {
        return new LedgerException(
                LedgerException.Code.OTHER_CONSUMER,
                "The hold of " + settlement.job() + " is not " + settlement.consumer() + "'s");
    }

    private CompletableFuture<Settlement.Done> settle(Bill bill) {
        JobId job = bill.settlement().job();
        if (bill.items().isEmpty()) {
            return end(TransferId.holdOf(job), ReleaseReason.NOTHING_DELIVERED)
                    .thenApply(nothing -> new Settlement.Done(job, Credits.ZERO, bill.held(), List.of()));
        }
        if (!bill.dropped().isZero()) {
            LOG.warn("{} cost {} more than was set aside for it; nobody pays that", job, bill.dropped());
        }
        List<Transfer> chain = bill.chain();
        openReceivers(chain);
        return switch (live.apply(chain)) {
            case Applied(List<Entry> entries) -> {
                CompletableFuture<Settlement.Done> done = new CompletableFuture<>();
                long atMillis = live.nowMillis();
                Optional<String> key = chargeKey(bill, atMillis);
                live.enqueue(new Operation.Settled(bill, key, entries, prove(bill, entries, atMillis), atMillis, done));
                yield done;
            }
            case Repeated() -> throw new IllegalStateException("The hold of " + job + " is both open and ended");
            case Refused refused -> CompletableFuture.failedFuture(notAllowed(refused));
        };
    }

    private Optional<String> chargeKey(Bill bill, long atMillis) {
        TransferId hold = TransferId.holdOf(bill.settlement().job());
        Optional<String> key = live.spending().keyOf(hold);
        live.spending().ended(hold);
        key.ifPresent(id -> live.spending().charged(id, bill.charged(), Instant.ofEpochMilli(atMillis)));
        return key;
    }

    /** Signing takes longer than writing, so it is done beside it and not by the journal's thread. */
    private CompletableFuture<Proofs> prove(Bill bill, List<Entry> entries, long settledAtMillis) {
        return CompletableFuture.supplyAsync(() -> issuer.prove(bill, entries, settledAtMillis), signers);
    }

    /** Work that was done is paid, also to an account that nobody opened before. */
    private void openReceivers(List<Transfer> chain) {
        for (Transfer transfer : chain) {
            if (transfer instanceof Transfer.Post post) live.openIfNew(post.credit());
        }
    }

    CompletableFuture<Void> release(JobId job, ReleaseReason reason) {
        return live.decide(book -> {
            TransferId hold = TransferId.holdOf(job);
            if (book.openHold(hold).isEmpty()) return live.everythingDurable();
            if (live.stopped().isPresent())
                return CompletableFuture.failedFuture(live.stopped().get());
            return end(hold, reason);
        });
    }

    /** Gives back what was set aside for longer than any job may run. */
    void releaseTimedOut() {
        live.decide(book -> {
            for (TransferId hold : live.timedOut()) {
                if (book.openHold(hold).isEmpty()) continue;
                LOG.warn("{} outlived its time-out and is released", hold);
                end(hold, ReleaseReason.TIMED_OUT);
            }
            return null;
        });
    }

    /** Gives everything back that is set aside. */
    void releaseAll(ReleaseReason reason) {
        live.decide(book -> {
            for (TransferId hold : book.openHolds()) {
                if (book.openHold(hold).isPresent()) end(hold, reason);
            }
            return null;
        });
    }

    /** Gives a job's own money and its gifts back together; the gifts stand behind it in the book, so it is met first. */
    private CompletableFuture<Void> end(TransferId hold, ReleaseReason reason) {
        return switch (live.apply(ends(hold))) {
            case Applied(List<Entry> entries) -> {
                live.spending().ended(hold);
                CompletableFuture<Void> done = new CompletableFuture<>();
                live.enqueue(new Operation.Released(entries, reason, live.nowMillis(), done));
                yield done;
            }
            case Repeated() -> throw new IllegalStateException(hold + " is both open and ended");
            case Refused refused -> CompletableFuture.failedFuture(notAllowed(refused));
        };
    }

    private List<Transfer> ends(TransferId hold) {
        return live.decide(book -> book.openHold(hold.promoPart()).isPresent()
                ? List.of(new Transfer.Release(hold), new Transfer.Release(hold.promoPart()))
                : List.of(new Transfer.Release(hold)));
    }

    private static LedgerException notAllowed(Refused refused) {
        return new LedgerException(LedgerException.Code.NOT_ALLOWED, refused.sentence());
    }
}
