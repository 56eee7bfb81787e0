package com.peerllm.host.earnings;

import com.peerllm.shared.money.Credits;

/**
 * What an orchestrator says that this host earned, beside what the host's own verified receipts of that orchestrator add up to.
 *
 * @param network by the orchestrator's word
 * @param verified by receipts
 */
public record TwoSums(Credits network, Credits verified) {

    /** More than zero when the network counts more. */
    public Credits difference() {
        return network.minus(verified);
    }

    /** What a person should know of it. */
    public String sentence() {
        Credits difference = difference();
        if (difference.isZero()) return "The network and this host's receipts agree.";
        if (difference.isNegative()) {
            return "THE NETWORK COUNTS " + new Credits(-difference.nanoDollars())
                    + " LESS than this host's verified receipts. Each of them is a promise that the orchestrator"
                    + " signed; keep them: `peerllm host receipts list`.";
        }
        return "The network counts " + difference + " more than this host's verified receipts: receipts that are on"
                + " their way, did not arrive, or are disputed.";
    }
}
