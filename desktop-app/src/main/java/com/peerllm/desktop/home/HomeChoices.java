package com.peerllm.desktop.home;

import com.peerllm.desktop.home.HomeStatus.Action;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.PauseReason;

/**
 * What the menu beside the big button offers now.
 *
 * @param pause sharing pauses for a while
 * @param shareAnyway it shares for a while, whatever the rules say
 * @param followRules a pause or an override ends
 * @param stop sharing is given up where the big button does something else
 */
public record HomeChoices(boolean pause, boolean shareAnyway, boolean followRules, boolean stop) {

    static HomeChoices of(boolean wanted, Availability availability, Action action) {
        if (!wanted) return new HomeChoices(false, false, false, false);
        boolean overridden = availability instanceof Availability.Available(var until) && until.isPresent();
        boolean byHand = availability instanceof Availability.Paused(var reasons)
                && reasons.getFirst() instanceof PauseReason.ByHand;
        return new HomeChoices(
                !byHand,
                availability instanceof Availability.Paused,
                overridden || byHand,
                action == Action.RESUME || action == Action.TRY_AGAIN);
    }

    boolean any() {
        return pause || shareAnyway || followRules || stop;
    }
}
