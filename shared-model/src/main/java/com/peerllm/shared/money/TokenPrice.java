package com.peerllm.shared.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a model costs: credits per million prompt tokens and per million completion tokens.
 *
 * @param promptPerMillion not negative
 * @param completionPerMillion not negative
 */
public record TokenPrice(Credits promptPerMillion, Credits completionPerMillion) {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    public TokenPrice {
        if (promptPerMillion.isNegative() || completionPerMillion.isNegative()) {
            throw new IllegalArgumentException("A price cannot be negative");
        }
    }

    /** Whether neither a prompt token nor a completion token costs more than there. */
    public boolean isAtMost(TokenPrice other) {
        return promptPerMillion.compareTo(other.promptPerMillion) <= 0
                && completionPerMillion.compareTo(other.completionPerMillion) <= 0;
    }

    /**
     * The price of so many tokens: the exact sum, rounded once, half to even, to a nano-dollar.
     *
     * @throws ArithmeticException when the price does not fit in {@link Credits}
     */
    public Credits cost(long promptTokens, long completionTokens) {
        if (promptTokens < 0 || completionTokens < 0)
            throw new IllegalArgumentException("Token counts cannot be negative");
        BigDecimal micro = product(promptPerMillion, promptTokens).add(product(completionPerMillion, completionTokens));
        return new Credits(micro.divide(MILLION, 0, RoundingMode.HALF_EVEN).longValueExact());
    }

    private static BigDecimal product(Credits perMillion, long tokens) {
        return BigDecimal.valueOf(perMillion.nanoDollars()).multiply(BigDecimal.valueOf(tokens));
    }
}
