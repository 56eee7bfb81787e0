package com.peerllm.orchestrator.payouts;

import com.peerllm.shared.money.Credits;
import java.util.Optional;

/**
 * What an account may be paid now.
 *
 * @param pending too young
 * @param mature the rest of the balance
 * @param payable the mature amount, rounded down to a cent
 * @param obstacle why it is not paid all the same
 */
record Claim(Credits pending, Credits mature, Credits payable, Optional<Obstacle> obstacle) {

    /** Why nothing is paid. */
    sealed interface Obstacle {

        String sentence();

        record BelowThreshold(Credits threshold) implements Obstacle {
            @Override
            public String sentence() {
                return "Less than " + threshold + " is mature";
            }
        }

        record NotMature(Credits proposed) implements Obstacle {
            @Override
            public String sentence() {
                return "Less than " + proposed + " is mature now";
            }
        }

        record Blocked(String reason) implements Obstacle {
            @Override
            public String sentence() {
                return "The host is blocked: " + reason;
            }
        }

        record NoPayee() implements Obstacle {
            @Override
            public String sentence() {
                return "It is not known how to pay it";
            }
        }
    }
}
