package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.ledger.Answer.Applied;
import com.peerllm.orchestrator.ledger.Answer.Refused;
import com.peerllm.orchestrator.ledger.Answer.Repeated;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sets a job's worst case aside before it runs. On the way of every request: memory only. */
final class Admission {
    private final LiveBook live;
    private final ConsumerPseudonyms pseudonyms;

    Admission(LiveBook live, ConsumerPseudonyms pseudonyms) {
        this.live = live;
        this.pseudonyms = pseudonyms;
    }

    HoldDecision hold(JobId job, Payer payer, Credits worstCase) {
        AccountId account = payer.account();
        if (!AccountKind.paysForJobs(account)) return new HoldDecision.UnknownAccount(account);
        Optional<String> trouble = pseudonyms.trouble(account);
        if (trouble.isPresent()) return new HoldDecision.Unavailable(trouble.get());
        TransferId id = TransferId.holdOf(job);
        return live.decide(book -> decide(book, id, payer, worstCase));
    }

    private HoldDecision decide(Book book, TransferId id, Payer payer, Credits worstCase) {
        Optional<String> unavailable = live.whyNoHolds();
        if (unavailable.isPresent()) return new HoldDecision.Unavailable(unavailable.get());
        Optional<Transfer.Hold> open = book.openHold(id);
        if (open.isPresent()) return again(book, open.get(), payer.account(), worstCase);
        Optional<KeySpending> tooMuch = live.spending().refusal(payer, worstCase, live.now());
        if (tooMuch.isPresent()) {
            SpendLimit limit = payer.limit().orElseThrow();
            return new HoldDecision.KeyLimitReached(
                    limit, tooMuch.get(), worstCase, limit.period().endAfter(live.now()));
        }
        return switch (live.apply(chain(book, id, payer.account(), worstCase))) {
            case Applied(List<Entry> entries) -> {
                live.spending().held(id, payer, worstCase);
                live.enqueue(new Operation.Held(entries, live.nowMillis(), new CompletableFuture<>()));
                yield new HoldDecision.Held(worstCase);
            }
            case Repeated() -> new HoldDecision.AlreadyUsed(id + " has ended already; use a new job id");
            case Refused refused -> decision(book, refused, payer.account(), worstCase);
        };
    }

    private static HoldDecision again(Book book, Transfer.Hold open, AccountId account, Credits worstCase) {
        Credits gift =
                book.openHold(open.id().promoPart()).map(Transfer.Hold::amount).orElse(Credits.ZERO);
        boolean same = open.debit().equals(account) && open.amount().plus(gift).equals(worstCase);
        return same
                ? new HoldDecision.Held(worstCase)
                : new HoldDecision.AlreadyUsed("The id " + open.id() + " was used before, for something else");
    }

    /** Gifts first, the consumer's own money for the rest, which may be nothing. */
    static List<Transfer> chain(Book book, TransferId id, AccountId consumer, Credits worstCase) {
        Optional<AccountId> promo = book.promoOf(consumer);
        Credits gift = promo.isEmpty() ? Credits.ZERO : book.available(promo.get());
        if (gift.isZero() || worstCase.isZero()) {
            return List.of(new Transfer.Hold(id, consumer, AccountKind.ESCROW_OF_JOBS, worstCase));
        }
        if (gift.compareTo(worstCase) > 0) gift = worstCase;
        return List.of(
                new Transfer.Hold(id, consumer, AccountKind.ESCROW_OF_JOBS, worstCase.minus(gift)),
                new Transfer.Hold(id.promoPart(), promo.get(), AccountKind.ESCROW_OF_JOBS, gift));
    }

    private static HoldDecision decision(Book book, Refused refused, AccountId consumer, Credits worstCase) {
        return switch (refused.why()) {
            case UNKNOWN_ACCOUNT -> new HoldDecision.UnknownAccount(consumer);
            case INSUFFICIENT_FUNDS -> new HoldDecision.InsufficientFunds(spendable(book, consumer), worstCase);
            case ID_USED, NO_SUCH_HOLD -> new HoldDecision.AlreadyUsed(refused.sentence());
            case OUT_OF_RANGE -> new HoldDecision.Unavailable(refused.sentence());
        };
    }

    private static Credits spendable(Book book, AccountId consumer) {
        Credits gifts = book.promoOf(consumer).map(book::available).orElse(Credits.ZERO);
        return book.available(consumer).plus(gifts);
    }
}
