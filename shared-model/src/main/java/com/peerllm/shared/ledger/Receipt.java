package com.peerllm.shared.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Proof of one payment: what one host delivered for one job, what it cost and how it was divided. Signed by the
 * orchestrator, and by the host when it finished its part.
 *
 * @param segment the parts of a job are numbered from 0 in the order of their first tokens: one for each host that worked
 *     on each of its answers
 * @param settledAtMillis when the settlement was durable, milliseconds since 1970 UTC
 * @param host who delivered
 * @param hostKey the host's public key, from which its id follows
 * @param charged what the consumer paid for this part: host share plus network share plus creator share
 * @param deliveryHash see {@link DeliveryHash}, hex
 * @param hostSignature base64url over the {@link DeliveryStatement}; absent when the host left before it could sign
 * @param orchestratorKey who settled
 * @param orchestratorSignature base64url over {@link #message()}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Receipt(
        String orchestrator,
        JobId job,
        int segment,
        long settledAtMillis,
        HostId host,
        PeerKey hostKey,
        ModelId model,
        ModelDigest modelDigest,
        int promptTokens,
        int completionTokens,
        TokenPrice price,
        Credits charged,
        Credits hostShare,
        Credits networkShare,
        Credits creatorShare,
        String deliveryHash,
        Optional<String> hostSignature,
        PeerKey orchestratorKey,
        String orchestratorSignature) {

    /** The exact bytes that the orchestrator signs: every other field, one line each, in this order. */
    public byte[] message() {
        String lines = String.join(
                "\n",
                "peerllm receipt v1",
                "orchestrator " + orchestrator,
                "job " + job,
                "segment " + segment,
                "settled " + settledAtMillis,
                "host " + host,
                "host-key " + hostKey,
                "model " + model,
                "digest " + modelDigest,
                "prompt-tokens " + promptTokens,
                "completion-tokens " + completionTokens,
                "prompt-price " + price.promptPerMillion().nanoDollars(),
                "completion-price " + price.completionPerMillion().nanoDollars(),
                "charged " + charged.nanoDollars(),
                "host-share " + hostShare.nanoDollars(),
                "network-share " + networkShare.nanoDollars(),
                "creator-share " + creatorShare.nanoDollars(),
                "delivered " + deliveryHash,
                "host-signature " + hostSignature.orElse("none"),
                "orchestrator-key " + orchestratorKey);
        return lines.getBytes(StandardCharsets.UTF_8);
    }

    public DeliveryStatement deliveryStatement() {
        return new DeliveryStatement(job, modelDigest, completionTokens, deliveryHash);
    }

    public Receipt withOrchestratorSignature(String signature) {
        return new Receipt(
                orchestrator,
                job,
                segment,
                settledAtMillis,
                host,
                hostKey,
                model,
                modelDigest,
                promptTokens,
                completionTokens,
                price,
                charged,
                hostShare,
                networkShare,
                creatorShare,
                deliveryHash,
                hostSignature,
                orchestratorKey,
                signature);
    }
}
