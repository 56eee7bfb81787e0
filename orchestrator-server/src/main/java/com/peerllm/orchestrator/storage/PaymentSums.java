package com.peerllm.orchestrator.storage;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.transparency.LogLeaf;

/**
 * What some payments of the log add up to.
 *
 * @param payments how many there are: one for each host's part of a job
 */
public record PaymentSums(
        long payments,
        long promptTokens,
        long completionTokens,
        Credits charged,
        Credits hostShare,
        Credits networkShare,
        Credits creatorShare) {
    public static final PaymentSums NONE =
            new PaymentSums(0, 0, 0, Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO);

    static PaymentSums of(LogLeaf.Payment payment) {
        return new PaymentSums(
                1,
                payment.promptTokens(),
                payment.completionTokens(),
                payment.charged(),
                payment.hostShare(),
                payment.networkShare(),
                payment.creatorShare());
    }

    PaymentSums plus(PaymentSums other) {
        return new PaymentSums(
                payments + other.payments,
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens,
                charged.plus(other.charged),
                hostShare.plus(other.hostShare),
                networkShare.plus(other.networkShare),
                creatorShare.plus(other.creatorShare));
    }
}
