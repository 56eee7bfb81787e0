package com.peerllm.shared.grammar;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Between which numbers a number must lie.
 *
 * @param low the lower end, if there is one
 * @param high the upper end, if there is one
 */
record NumberBounds(Optional<End> low, Optional<End> high) {

    /** An end, and whether the number may be just that. */
    record End(BigDecimal value, boolean included) {}

    static final NumberBounds NONE = new NumberBounds(Optional.empty(), Optional.empty());

    /** These bounds and one more, by its keyword. */
    NumberBounds and(String keyword, BigDecimal value) {
        End end = new End(value, !keyword.startsWith("exclusive"));
        return keyword.toLowerCase(java.util.Locale.ROOT).endsWith("minimum")
                ? new NumberBounds(
                        Optional.of(low.map(old -> narrower(old, end, 1)).orElse(end)), high)
                : new NumberBounds(
                        low, Optional.of(high.map(old -> narrower(old, end, -1)).orElse(end)));
    }

    boolean none() {
        return low.isEmpty() && high.isEmpty();
    }

    boolean hold(BigDecimal value) {
        return low.map(end -> inside(value.compareTo(end.value), end)).orElse(true)
                && high.map(end -> inside(end.value.compareTo(value), end)).orElse(true);
    }

    private static boolean inside(int comparison, End end) {
        return comparison > 0 || comparison == 0 && end.included;
    }

    private static End narrower(End a, End b, int direction) {
        int comparison = a.value.compareTo(b.value) * direction;
        if (comparison == 0) return a.included ? b : a;
        return comparison > 0 ? a : b;
    }
}
