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

    Admission(LiveBook live) {
        this.live = live;
    }

    HoldDecision hold(JobId job, Payer payer, Credits worstCase) {
        AccountId account = payer.account();
        if (!AccountKind.maySpend(account)) return new HoldDecision.UnknownAccount(account);
        Transfer.Hold wish = new Transfer.Hold(TransferId.holdOf(job), account, AccountKind.ESCROW_OF_JOBS, worstCase);
        return live.decide(book -> decide(book, wish, payer, job));
    }

    private HoldDecision decide(Book book, Transfer.Hold wish, Payer payer, JobId job) {
        Optional<String> unavailable = live.whyNoHolds();
        if (unavailable.isPresent()) return new HoldDecision.Unavailable(unavailable.get());
        boolean repeated = book.openHold(wish.id()).isPresent();
        Optional<KeySpending> tooMuch =
                repeated ? Optional.empty() : live.spending().refusal(payer, wish.amount(), live.now());
        if (tooMuch.isPresent()) {
            SpendLimit limit = payer.limit().orElseThrow();
            return new HoldDecision.KeyLimitReached(
                    limit, tooMuch.get(), wish.amount(), limit.period().endAfter(live.now()));
        }
        return switch (live.apply(List.of(wish))) {
            case Applied(List<Entry> entries) -> {
                live.spending().held(wish.id(), payer, wish.amount());
                live.enqueue(new Operation.Held(entries.getFirst(), live.nowMillis(), new CompletableFuture<>()));
                yield new HoldDecision.Held(wish.amount());
            }
            case Repeated() when book.openHold(wish.id()).isPresent() -> new HoldDecision.Held(wish.amount());
            case Repeated() -> new HoldDecision.AlreadyUsed(job + " has ended already; use a new job id");
            case Refused refused -> decision(book, refused, wish);
        };
    }

    private static HoldDecision decision(Book book, Refused refused, Transfer.Hold wish) {
        return switch (refused.why()) {
            case UNKNOWN_ACCOUNT -> new HoldDecision.UnknownAccount(wish.debit());
            case INSUFFICIENT_FUNDS ->
                new HoldDecision.InsufficientFunds(
                        book.totals(wish.debit()).orElse(Totals.ZERO).available(), wish.amount());
            case ID_USED, NO_SUCH_HOLD -> new HoldDecision.AlreadyUsed(refused.sentence());
            case OUT_OF_RANGE -> new HoldDecision.Unavailable(refused.sentence());
        };
    }
}
