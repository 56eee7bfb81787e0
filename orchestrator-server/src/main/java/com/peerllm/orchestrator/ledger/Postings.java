package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.ledger.Answer.Applied;
import com.peerllm.orchestrator.ledger.Answer.Refused;
import com.peerllm.orchestrator.ledger.Answer.Repeated;
import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.shared.identity.AccountId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves money that no job is paid with, once for each id. Ids are remembered in the database alone, so every wish looks there first;
 * that is done by the journal's thread, so that no two look at once.
 */
final class Postings {
    private static final Logger LOG = LoggerFactory.getLogger(Postings.class);

    private final LiveBook live;
    private final ConsumerPseudonyms pseudonyms;
    private final LedgerStore store;
    /** Decided and not yet in the database, so that a repetition right after it is seen. */
    private final Map<TransferId, CompletableFuture<Void>> underway = new HashMap<>();

    Postings(LiveBook live, LedgerStore store, ConsumerPseudonyms pseudonyms) {
        this.live = live;
        this.pseudonyms = pseudonyms;
        this.store = store;
    }

    /** For the journal's thread alone. */
    void handle(Operation.Post wish) {
        underway.values().removeIf(CompletableFuture::isDone);
        if (underway.containsKey(wish.transfer().id())) {
            live.ask(wish);
            return;
        }
        Transfer.Post post = wish.transfer();
        Optional<TransferRow> before = store.transfer(wish.transfer().id().value());
        if (before.isEmpty()) {
            prepare(post);
            live.decide(book -> apply(post, wish.cause(), wish.done()));
        } else if (isSame(before.get(), post, wish.cause())) {
            wish.done().complete(balance(post.credit()));
        } else {
            wish.done()
                    .completeExceptionally(new LedgerException(
                            LedgerException.Code.OTHER_CONTENT,
                            "The id " + wish.transfer().id()
                                    + " was used before, for another transfer. Use a new one."));
        }
    }

    /** Before anything happens: a transfer whose consumer the log could not name is refused. */
    private void prepare(Transfer.Post post) {
        if (AccountKind.maySpend(post.debit())) pseudonyms.prepare(post.debit());
        if (AccountKind.maySpend(post.credit())) pseudonyms.prepare(post.credit());
    }

    /** Takes back what is left of gifts that have ended. For the journal's thread alone. */
    void endGifts() {
        underway.values().removeIf(CompletableFuture::isDone);
        live.decide(book -> {
            if (live.stopped().isPresent()) return null;
            for (Transfer.Post post : live.gifts().over(book, live.nowMillis())) {
                CompletableFuture<Balance> done = new CompletableFuture<>();
                apply(post, LedgerCause.PROMO_EXPIRED, done);
                done.whenComplete((balance, failure) -> {
                    if (failure != null) LOG.warn("{} could not be taken back", post, failure);
                });
            }
            return null;
        });
    }

    private Void apply(Transfer.Post post, LedgerCause cause, CompletableFuture<Balance> asked) {
        switch (live.apply(List.of(post))) {
            case Applied(List<Entry> entries) -> {
                CompletableFuture<Void> durable = new CompletableFuture<>();
                underway.put(post.id(), durable);
                live.enqueue(new Operation.Posted(entries.getFirst(), cause, live.nowMillis(), durable));
                live.gifts().credited(post.id(), post.credit(), post.amount());
                durable.whenComplete((nothing, failure) -> answer(post.credit(), failure, asked));
            }
            case Refused refused ->
                asked.completeExceptionally(new LedgerException(LedgerException.Code.NOT_ALLOWED, refused.sentence()));
            case Repeated() ->
                asked.completeExceptionally(new IllegalStateException(post.id() + " is known and not in the tables"));
        }
        return null;
    }

    private void answer(AccountId account, Throwable failure, CompletableFuture<Balance> asked) {
        if (failure == null) asked.complete(balance(account));
        else asked.completeExceptionally(failure);
    }

    private Balance balance(AccountId account) {
        return live.decide(book -> Balance.of(account, book.totals(account).orElse(Totals.ZERO)));
    }

    private static boolean isSame(TransferRow before, Transfer.Post post, LedgerCause cause) {
        return before.phase() == Phase.POST
                && before.cause().equals(cause.word())
                && before.debit().equals(post.debit())
                && before.credit().equals(post.credit())
                && before.amount().equals(post.amount());
    }
}
