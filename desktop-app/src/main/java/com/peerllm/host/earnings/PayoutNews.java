package com.peerllm.host.earnings;

import com.peerllm.shared.payout.PayoutStatement;
import java.util.Optional;

/**
 * What is known of this host's payouts now.
 *
 * @param networkKnown whether this host has ever served the network that it is set to
 * @param statement the last one that the network told, perhaps long ago; it carries its time
 * @param trouble why the last question was not answered; the statement, if any, is an older one then
 * @param asking whether a question is on its way
 */
public record PayoutNews(
        boolean networkKnown, Optional<PayoutStatement> statement, Optional<String> trouble, boolean asking) {
    public static final PayoutNews NONE = new PayoutNews(false, Optional.empty(), Optional.empty(), false);
}
