package com.peerllm.orchestrator.storage;

import com.peerllm.shared.money.Credits;

/**
 * What the leaves that name a host add up to.
 *
 * @param entries how many leaves there are: payments and payouts
 * @param payoutSent what has left for its bank
 * @param payoutReturned what of it did not arrive and is the host's again
 */
public record HostSums(PaymentSums paid, long entries, Credits payoutSent, Credits payoutReturned) {
    public static final HostSums NONE = new HostSums(PaymentSums.NONE, 0, Credits.ZERO, Credits.ZERO);

    static HostSums of(PaymentSums paid) {
        return new HostSums(paid, 1, Credits.ZERO, Credits.ZERO);
    }

    static HostSums sent(Credits amount) {
        return new HostSums(PaymentSums.NONE, 1, amount, Credits.ZERO);
    }

    static HostSums returned(Credits amount) {
        return new HostSums(PaymentSums.NONE, 1, Credits.ZERO, amount);
    }

    HostSums plus(HostSums other) {
        return new HostSums(
                paid.plus(other.paid),
                entries + other.entries,
                payoutSent.plus(other.payoutSent),
                payoutReturned.plus(other.payoutReturned));
    }
}
