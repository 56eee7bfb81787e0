package com.peerllm.shared.ledger;

import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelDigest;
import java.nio.charset.StandardCharsets;

/**
 * What a host signs when it has finished its part of a job: which tokens it delivered.
 *
 * @param completionTokens tokens in the frames this host sent
 * @param deliveryHash the last value of its {@link DeliveryHash}
 */
public record DeliveryStatement(JobId job, ModelDigest model, int completionTokens, String deliveryHash) {

    /** The exact bytes that are signed. */
    public byte[] message() {
        return ("peerllm delivered v1\n" + job + "\n" + model + "\n" + completionTokens + "\n" + deliveryHash)
                .getBytes(StandardCharsets.UTF_8);
    }
}
