package com.peerllm.desktop.home;

import java.util.Optional;

/**
 * Everything on Home but the status, ready to be read.
 *
 * @param confirmed when the network last confirmed this host; absent without a connection
 * @param slots how many are busy; absent while no model is loaded
 * @param slotsBusy share of slots that are busy, 0 to 1
 * @param tokenRate tokens per second, or a word for why there is none
 * @param rateMeasured whether {@code tokenRate} is a number
 * @param money absent when nothing was earned yet
 * @param earningsNote what the earnings are based on, or what to do for the first ones
 * @param reputation the figure, and what moved it; absent until the network said it
 * @param disputed a warning; absent when every receipt holds
 */
public record HomeFigures(
        Optional<String> confirmed,
        String modelName,
        String modelDetail,
        Optional<String> slots,
        double slotsBusy,
        String tokensIn,
        String tokensOut,
        String tokenRate,
        boolean rateMeasured,
        Optional<Money> money,
        String earningsNote,
        Optional<Reputation> reputation,
        Optional<String> disputed) {

    /** @param today absent when nothing was earned today */
    public record Money(Optional<String> today, String total) {}

    /** @param note what moved it, or else what the figure means */
    public record Reputation(String value, String note) {}
}
