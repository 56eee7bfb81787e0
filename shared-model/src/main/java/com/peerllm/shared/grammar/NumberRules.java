package com.peerllm.shared.grammar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of numbers between bounds, kept exactly. */
final class NumberRules {
    /** Whole numbers have so many digits at most: readers that keep numbers as doubles keep these. */
    private static final long LARGEST_INTEGER = 999_999_999_999_999L;

    /** With six digits behind the point they have fifteen, which doubles keep apart. */
    private static final long LARGEST_NUMBER = 999_999_999L;

    private static final int FRACTION_DIGITS = 6;

    private final GrammarBuilder grammar;

    NumberRules(GrammarBuilder grammar) {
        this.grammar = grammar;
    }

    /** None when no whole number lies between the bounds. */
    Optional<String> integer(NumberBounds bounds, String at) {
        if (bounds.none()) return Optional.of(grammar.json().integer());
        long low =
                bounds.low().map(end -> whole(end, RoundingMode.CEILING, 1, at)).orElse(-LARGEST_INTEGER);
        long high =
                bounds.high().map(end -> whole(end, RoundingMode.FLOOR, -1, at)).orElse(LARGEST_INTEGER);
        if (low > high) return Optional.empty();
        List<String> alternatives = new ArrayList<>();
        if (low < 0)
            DigitRange.between(Math.max(1, -high), -low).forEach(digits -> alternatives.add("\"-\" " + digits));
        if (high >= 0) alternatives.addAll(DigitRange.between(Math.max(0, low), high));
        return Optional.of(leaf("integer", alternatives));
    }

    /** None when no number lies between the bounds. */
    Optional<String> number(NumberBounds bounds, String at) {
        if (bounds.none()) return Optional.of(grammar.json().number());
        NumberBounds.End low = bounds.low().map(end -> wholeEnd(end, 1, at)).orElse(unlimited(-1));
        NumberBounds.End high = bounds.high().map(end -> wholeEnd(end, -1, at)).orElse(unlimited(1));
        List<String> alternatives = new ArrayList<>();
        if (low.value().signum() < 0)
            for (String digits : size(negated(high), negated(low))) alternatives.add("\"-\" " + digits);
        if (high.value().signum() >= 0) alternatives.addAll(size(low.value().signum() < 0 ? zero(true) : low, high));
        return alternatives.isEmpty() ? Optional.empty() : Optional.of(leaf("number", alternatives));
    }

    /** Numbers without a sign from one end to the other. */
    private static List<String> size(NumberBounds.End from, NumberBounds.End to) {
        long low = from.value().longValueExact();
        long high = to.value().longValueExact();
        List<String> alternatives = new ArrayList<>();
        if (low > high) return alternatives;
        if (low == high) {
            if (from.included() && to.included()) alternatives.add(Gbnf.literal(Long.toString(low)) + noFraction());
            return alternatives;
        }
        alternatives.add(Gbnf.literal(Long.toString(low)) + (from.included() ? anyFraction() : someFraction()));
        for (String digits : DigitRange.between(low + 1, high - 1)) alternatives.add(digits + anyFraction());
        if (to.included()) alternatives.add(Gbnf.literal(Long.toString(high)) + noFraction());
        return alternatives;
    }

    private static String anyFraction() {
        return " ( \".\" [0-9]{1," + FRACTION_DIGITS + "} )?";
    }

    private static String noFraction() {
        return " ( \".0\" )?";
    }

    /** More than nothing behind the point. */
    private static String someFraction() {
        List<String> alternatives = new ArrayList<>();
        for (int zeros = 0; zeros < FRACTION_DIGITS; zeros++) {
            int after = FRACTION_DIGITS - zeros - 1;
            alternatives.add(
                    Gbnf.literal("0".repeat(zeros)) + " [1-9]" + (after == 0 ? "" : " [0-9]{0," + after + "}"));
        }
        return " \".\" ( " + String.join(" | ", alternatives).replace("\"\" ", "") + " )";
    }

    /** The size of a negative number; what is not negative is left to the other half. */
    private static NumberBounds.End negated(NumberBounds.End end) {
        return end.value().signum() > 0 || end.value().signum() == 0
                ? zero(false)
                : new NumberBounds.End(end.value().negate(), end.included());
    }

    private static NumberBounds.End zero(boolean included) {
        return new NumberBounds.End(BigDecimal.ZERO, included);
    }

    private static NumberBounds.End unlimited(int sign) {
        return new NumberBounds.End(BigDecimal.valueOf(sign * (LARGEST_NUMBER + 1)), false);
    }

    /** @param step 1 at the lower end, -1 at the upper: an end beyond all that is written changes nothing */
    private static long whole(NumberBounds.End end, RoundingMode inward, int step, String at) {
        BigDecimal rounded = end.value().setScale(0, inward);
        boolean touches = rounded.compareTo(end.value()) == 0 && !end.included();
        BigDecimal value = touches ? rounded.add(BigDecimal.valueOf(step)) : rounded;
        if (value.multiply(BigDecimal.valueOf(step)).compareTo(BigDecimal.valueOf(LARGEST_INTEGER)) > 0)
            throw new UnsupportedSchema("Whole numbers are written up to " + LARGEST_INTEGER + " only", at);
        return value.abs().compareTo(BigDecimal.valueOf(LARGEST_INTEGER)) > 0
                ? -step * LARGEST_INTEGER
                : value.longValueExact();
    }

    /** @param step 1 at the lower end, -1 at the upper: an end beyond all that is written changes nothing */
    private static NumberBounds.End wholeEnd(NumberBounds.End end, int step, String at) {
        BigDecimal beyond = BigDecimal.valueOf(-step * (LARGEST_NUMBER + 1));
        if (end.value().subtract(beyond).signum() * step <= 0) return unlimited(-step);
        boolean fits = end.value().abs().compareTo(BigDecimal.valueOf(LARGEST_NUMBER)) <= 0;
        if (!fits || end.value().stripTrailingZeros().scale() > 0)
            throw new UnsupportedSchema(
                    "Numbers with a fraction can be bounded by whole numbers up to " + LARGEST_NUMBER + " only", at);
        return end;
    }

    private String leaf(String name, List<String> alternatives) {
        String rule = grammar.rule(name, String.join(" | ", alternatives));
        grammar.overlap().leaf(rule, Overlap.Opening.NUMBER);
        return rule;
    }
}
