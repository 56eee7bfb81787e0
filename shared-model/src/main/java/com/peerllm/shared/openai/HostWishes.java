package com.peerllm.shared.openai;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;

/**
 * What a consumer asks of the network and its hosts, in the object {@code peerllm} of its request.
 *
 * @param mostForPrompt most that a million prompt tokens may cost; empty where the consumer leaves it to the network
 * @param mostForCompletion the same for completion tokens
 * @param trustedHostsOnly whether newcomers are left out
 * @param estimateOnly whether the consumer wants to know what it would cost, and no answer
 */
public record HostWishes(
        Optional<Credits> mostForPrompt,
        Optional<Credits> mostForCompletion,
        boolean trustedHostsOnly,
        boolean estimateOnly) {
    /** What the network thinks right. */
    public static final HostWishes NONE = new HostWishes(Optional.empty(), Optional.empty(), false, false);

    /** Most that a host may ask: what the consumer says, and where it says nothing, the network's price. */
    public TokenPrice cap(TokenPrice ofTheNetwork) {
        return new TokenPrice(
                mostForPrompt.orElse(ofTheNetwork.promptPerMillion()),
                mostForCompletion.orElse(ofTheNetwork.completionPerMillion()));
    }

    /** The same, for hosts that ask no more than this. */
    public HostWishes upTo(TokenPrice cap) {
        return new HostWishes(
                Optional.of(cap.promptPerMillion()),
                Optional.of(cap.completionPerMillion()),
                trustedHostsOnly,
                estimateOnly);
    }
}
