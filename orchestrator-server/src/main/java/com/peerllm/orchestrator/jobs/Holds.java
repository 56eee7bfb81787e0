package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.ledger.HoldDecision;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.ApiError;
import java.util.Optional;

/** Sets aside what a request may cost at most: its prompt once, and the longest answer for every choice. */
final class Holds {
    /** Least room for an answer that is worth starting when the consumer named no limit. */
    private static final int LEAST_COMPLETION = 16;

    private final Ledger ledger;

    Holds(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether a request may run. */
    sealed interface Outcome {

        /** It may, and so much is set aside. */
        record Held(WorstCase atMost) implements Outcome {}

        record Refused(ApiError error) implements Outcome {}
    }

    /**
     * What would be set aside for a request if there was money enough.
     *
     * @param longestContext that any host offers; 0 when there is none
     */
    static WorstCase worstCase(JobRequest request, int longestContext) {
        int room = longestContext > 0 ? longestContext : LEAST_COMPLETION;
        return new WorstCase(
                request.cap(),
                Math.min(request.prompt().tokensAtMost(), room),
                Math.min(request.chat().maxTokens().orElse(room), room),
                request.chat().choices());
    }

    /** The same for a request that costs its prompt only. */
    static WorstCase worstCase(EmbeddingOrder order, int promptTokens) {
        return new WorstCase(order.cap(), promptTokens, 0, 1);
    }

    /** @param longestContext that any host offers; 0 when there is none */
    Outcome hold(JobRequest request, int longestContext) {
        WorstCase worst = worstCase(request, longestContext);
        HoldDecision decision = ask(request, worst);
        // Twice, because what the key may still spend and what the account has can both be too little.
        for (int i = 0;
                i < 2 && request.chat().maxTokens().isEmpty() && left(decision).isPresent();
                i++) {
            WorstCase covered = worst.coveredBy(left(decision).get());
            if (covered.maxTokens() < LEAST_COMPLETION) break;
            worst = covered;
            decision = ask(request, worst);
        }
        return outcome(decision, worst);
    }

    /** @param promptTokens most that are believed */
    Outcome hold(EmbeddingOrder order, int promptTokens) {
        WorstCase worst = worstCase(order, promptTokens);
        return outcome(ask(order, worst), worst);
    }

    private HoldDecision ask(Billable request, WorstCase worst) {
        return ledger.hold(request.id(), request.payer(), worst.cost());
    }

    /** What there is, where it is too little. */
    private static Optional<Credits> left(HoldDecision decision) {
        return switch (decision) {
            case HoldDecision.InsufficientFunds poor -> Optional.of(poor.available());
            case HoldDecision.KeyLimitReached reached -> Optional.of(reached.left());
            default -> Optional.empty();
        };
    }

    private static Outcome outcome(HoldDecision decision, WorstCase worst) {
        return switch (decision) {
            case HoldDecision.Held any -> new Outcome.Held(worst);
            case HoldDecision.InsufficientFunds poor ->
                new Outcome.Refused(Refusals.balanceEmpty(poor.available(), poor.needed()));
            case HoldDecision.KeyLimitReached reached -> new Outcome.Refused(Refusals.keySpendLimit(reached));
            case HoldDecision.UnknownAccount unknown ->
                new Outcome.Refused(Refusals.balanceEmpty(Credits.ZERO, worst.cost()));
            case HoldDecision.Unavailable unavailable -> new Outcome.Refused(Refusals.ledgerUnavailable());
            case HoldDecision.AlreadyUsed used -> throw new IllegalStateException(used.reason());
        };
    }
}
