package com.peerllm.desktop.home;

import com.peerllm.shared.money.Credits;
import java.util.Optional;

/**
 * What this computer earned, from receipts that it has checked itself.
 *
 * @param today since midnight UTC; absent when there is no receipt of today
 * @param total absent when there is no receipt at all
 * @param receipts that hold and so count
 * @param disputed receipts that do not hold and do not count
 */
public record Earned(Optional<Credits> today, Optional<Credits> total, long receipts, long disputed) {
    public static final Earned NOTHING = new Earned(Optional.empty(), Optional.empty(), 0, 0);
}
