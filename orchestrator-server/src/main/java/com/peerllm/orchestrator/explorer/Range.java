package com.peerllm.orchestrator.explorer;

import java.util.OptionalLong;

/**
 * The numbers on one page of things that are numbered without gaps.
 *
 * @param from the lowest
 * @param end one more than the highest
 * @param next what to ask for the page after it with; {@code null} when there is none
 */
record Range(long from, long end, Long next) {
    /**
     * @param after the last number of the page before; empty to begin
     * @param first the lowest number there is
     * @param end one more than the highest there is
     */
    static Range of(Explorer.Order order, OptionalLong after, long first, long end, int atMost) {
        return switch (order) {
            case OLDEST -> {
                long from = after.isPresent() ? Math.clamp(after.getAsLong(), first - 1, end - 1) + 1 : first;
                long to = Math.min(from + atMost, end);
                yield new Range(from, to, to < end ? Long.valueOf(to - 1) : null);
            }
            case NEWEST -> {
                long to = after.isPresent() ? Math.clamp(after.getAsLong(), first, end) : end;
                long from = Math.max(to - atMost, first);
                yield new Range(from, to, from > first ? Long.valueOf(from) : null);
            }
        };
    }
}
