package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;

/**
 * The most that a request can come to, whichever hosts serve and continue it.
 *
 * @param cap no host asks more
 * @param promptTokens most that are believed
 * @param maxTokens of each choice
 * @param choices 1 for a request that makes no tokens
 */
public record WorstCase(TokenPrice cap, int promptTokens, int maxTokens, int choices) {
    /** More than half a nano-dollar for every host that one choice may pass through: each part is rounded by itself. */
    private static final long ROUNDING_NANODOLLARS = 8;

    /** What is set aside; beyond 64 bits the largest amount stands for it, which no balance covers. */
    public Credits cost() {
        try {
            return cap.cost(promptTokens, (long) maxTokens * choices).plus(new Credits(ROUNDING_NANODOLLARS * choices));
        } catch (ArithmeticException e) {
            return new Credits(Long.MAX_VALUE);
        }
    }

    /** The same with the most completion tokens that so much money covers beside the prompt; 0 when it covers none. */
    WorstCase coveredBy(Credits money) {
        long left = money.nanoDollars() - withMaxTokens(0).cost().nanoDollars();
        long perMillion = cap.completionPerMillion().nanoDollars();
        if (left <= 0 || perMillion == 0) return withMaxTokens(0);
        double tokens = left * 1e6 / perMillion / choices;
        return withMaxTokens((int) Math.max(0, Math.min(maxTokens, Math.floor(tokens) - 1)));
    }

    private WorstCase withMaxTokens(int most) {
        return new WorstCase(cap, promptTokens, most, choices);
    }
}
