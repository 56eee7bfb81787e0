package com.peerllm.shared.money;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * An amount of money: a whole number of nano-dollars (1 USD = 1,000,000,000), exact and checked for overflow.
 *
 * <p>Range: about plus or minus 9.2 billion dollars. Arithmetic outside it throws {@link ArithmeticException}.
 */
public record Credits(@JsonValue long nanoDollars) implements Comparable<Credits> {
    /** 2^63 nano-dollars are nine thousand million dollars. */
    private static final int MOST_DOLLAR_DIGITS = 10;

    public static final long NANO_PER_DOLLAR = 1_000_000_000L;
    public static final Credits ZERO = new Credits(0);

    @JsonCreator
    public Credits {}

    /**
     * Reads a decimal number of dollars, such as {@code 12.50}.
     *
     * @throws IllegalArgumentException when it is not a number, is finer than a nano-dollar or out of range
     */
    public static Credits parseDollars(String text) {
        try {
            return ofDollars(new BigDecimal(text.strip()));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("Not an amount in dollars with at most nine decimals", e);
        }
    }

    public static Credits ofDollars(long dollars) {
        return new Credits(Math.multiplyExact(dollars, NANO_PER_DOLLAR));
    }

    /** @throws ArithmeticException when it is finer than a nano-dollar or out of range */
    public static Credits ofDollars(BigDecimal dollars) {
        // Before anything is computed: shifting the point of 1e99999999 would write out all of its zeros.
        if ((long) dollars.precision() - dollars.scale() > MOST_DOLLAR_DIGITS) {
            throw new ArithmeticException("More dollars than can be counted");
        }
        return new Credits(dollars.movePointRight(9).longValueExact());
    }

    public Credits plus(Credits other) {
        return new Credits(Math.addExact(nanoDollars, other.nanoDollars));
    }

    public Credits minus(Credits other) {
        return new Credits(Math.subtractExact(nanoDollars, other.nanoDollars));
    }

    public boolean isNegative() {
        return nanoDollars < 0;
    }

    public boolean isZero() {
        return nanoDollars == 0;
    }

    @Override
    public int compareTo(Credits other) {
        return Long.compare(nanoDollars, other.nanoDollars);
    }

    /** All nine decimals, so that columns of amounts line up and nothing is rounded away: {@code $0.000012500}. */
    @Override
    public String toString() {
        String digits = BigDecimal.valueOf(nanoDollars, 9).abs().toPlainString();
        return (isNegative() ? "-$" : "$") + digits;
    }
}
