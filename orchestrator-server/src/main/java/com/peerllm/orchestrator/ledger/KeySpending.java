package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.money.Credits;

/**
 * What one API key has spent.
 *
 * @param today since midnight, UTC
 * @param thisMonth since the first of the month, UTC
 * @param held set aside for running answers, not spent yet
 */
public record KeySpending(Credits total, Credits today, Credits thisMonth, Credits held) {
    public static final KeySpending NOTHING = new KeySpending(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO);

    public Credits spentIn(SpendLimit.Period period) {
        return switch (period) {
            case TOTAL -> total;
            case DAY -> today;
            case MONTH -> thisMonth;
        };
    }
}
