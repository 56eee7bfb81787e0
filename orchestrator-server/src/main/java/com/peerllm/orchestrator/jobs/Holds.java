package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.ledger.HoldDecision;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.ApiError;
import java.util.Optional;

/** Sets aside what a request may cost at most: its prompt once, and the longest answer for every choice. */
final class Holds {
    /** Least room for an answer that is worth starting when the consumer named no limit. */
    private static final int LEAST_COMPLETION = 16;

    /** More than half a nano-dollar for every host that one choice may pass through. */
    private static final long ROUNDING_NANODOLLARS = 8;

    private final Ledger ledger;

    Holds(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether a request may run. */
    sealed interface Outcome {

        /**
         * It may.
         *
         * @param promptTokens most that are believed and set aside
         * @param maxTokens of each choice
         */
        record Held(int promptTokens, int maxTokens) implements Outcome {}

        record Refused(ApiError error) implements Outcome {}
    }

    /** @param longestContext that any host offers; 0 when there is none */
    Outcome hold(JobRequest request, int longestContext) {
        int room = longestContext > 0 ? longestContext : LEAST_COMPLETION;
        int maxTokens = Math.min(request.chat().maxTokens().orElse(room), room);
        int prompt = Math.min(request.prompt().tokensAtMost(), room);
        HoldDecision decision = ask(request, prompt, maxTokens);
        // Twice, because what the key may still spend and what the account has can both be too little.
        for (int i = 0;
                i < 2 && request.chat().maxTokens().isEmpty() && left(decision).isPresent();
                i++) {
            maxTokens = affordable(left(decision).get(), request, prompt, maxTokens);
            if (maxTokens < LEAST_COMPLETION) break;
            decision = ask(request, prompt, maxTokens);
        }
        return outcome(decision, new Outcome.Held(prompt, maxTokens), worstCase(request, prompt, maxTokens));
    }

    /** What there is, where it is too little. */
    private static Optional<Credits> left(HoldDecision decision) {
        return switch (decision) {
            case HoldDecision.InsufficientFunds poor -> Optional.of(poor.available());
            case HoldDecision.KeyLimitReached reached -> Optional.of(reached.left());
            default -> Optional.empty();
        };
    }

    /** For a request that costs its prompt only. */
    Outcome hold(EmbeddingOrder order, int promptTokens) {
        Credits worst = order.model().price().cost(promptTokens, 0).plus(new Credits(ROUNDING_NANODOLLARS));
        return outcome(ledger.hold(order.id(), order.payer(), worst), new Outcome.Held(promptTokens, 0), worst);
    }

    private static Outcome outcome(HoldDecision decision, Outcome.Held held, Credits needed) {
        return switch (decision) {
            case HoldDecision.Held any -> held;
            case HoldDecision.InsufficientFunds poor ->
                new Outcome.Refused(Refusals.balanceEmpty(poor.available(), poor.needed()));
            case HoldDecision.KeyLimitReached reached -> new Outcome.Refused(Refusals.keySpendLimit(reached));
            case HoldDecision.UnknownAccount unknown ->
                new Outcome.Refused(Refusals.balanceEmpty(Credits.ZERO, needed));
            case HoldDecision.Unavailable unavailable -> new Outcome.Refused(Refusals.ledgerUnavailable());
            case HoldDecision.AlreadyUsed used -> throw new IllegalStateException(used.reason());
        };
    }

    private HoldDecision ask(JobRequest request, int promptTokens, int maxTokens) {
        return ledger.hold(request.id(), request.payer(), worstCase(request, promptTokens, maxTokens));
    }

    /** Each host's part is rounded by itself, by at most half a nano-dollar. */
    private static Credits worstCase(JobRequest request, int promptTokens, int maxTokens) {
        int choices = request.chat().choices();
        return request.model()
                .price()
                .cost(promptTokens, Math.multiplyExact(maxTokens, choices))
                .plus(new Credits(ROUNDING_NANODOLLARS * choices));
    }

    /** How many completion tokens of each choice the balance covers beside the prompt. */
    private static int affordable(Credits balance, JobRequest request, int promptTokens, int wanted) {
        TokenPrice price = request.model().price();
        long left = balance.nanoDollars() - price.cost(promptTokens, 0).nanoDollars();
        long perMillion = price.completionPerMillion().nanoDollars();
        if (left <= 0 || perMillion == 0) return 0;
        double tokens = left * 1e6 / perMillion / request.chat().choices();
        return (int) Math.min(wanted, Math.floor(tokens) - 1);
    }
}
