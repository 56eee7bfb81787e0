package com.peerllm.shared.openai;

import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;

/**
 * What a consumer asks of the hosts that may answer, in the object {@code peerllm} of its request.
 *
 * @param maxPrice most that a million prompt tokens and a million completion tokens may cost; empty for any price
 * @param trustedHostsOnly whether newcomers are left out
 */
public record HostWishes(Optional<TokenPrice> maxPrice, boolean trustedHostsOnly) {
    /** Any host at any price. */
    public static final HostWishes NONE = new HostWishes(Optional.empty(), false);

    /** Whether the consumer pays this price. */
    public boolean allow(TokenPrice price) {
        return maxPrice.isEmpty()
                || price.promptPerMillion().compareTo(maxPrice.get().promptPerMillion()) <= 0
                        && price.completionPerMillion().compareTo(maxPrice.get().completionPerMillion()) <= 0;
    }
}
