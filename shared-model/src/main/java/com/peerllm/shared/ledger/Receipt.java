package com.peerllm.shared.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.peerllm.shared.identity.AccountId;
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
 * @param creator who received the creator share; absent when nobody did
 * @param consumer commitment to who paid, 64 hex digits, which only the consumer and the orchestrator can open; absent in
 *     receipts of before the transparency log
 * @param leaf its number in the transparency log; not signed, because the log's checkpoint proves it
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
        String orchestratorSignature,
        Optional<AccountId> creator,
        Optional<String> consumer,
        Optional<Long> leaf) {

    /** A receipt without a place in a transparency log. */
    public Receipt(
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
        this(
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
                orchestratorSignature,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The exact bytes that the orchestrator signs: every other field but the leaf, one line each, in this order. With a
     * consumer commitment they are also the leaf of the transparency log.
     */
    public byte[] message() {
        String lines = String.join(
                "\n",
                consumer.isPresent() ? "peerllm receipt v2" : "peerllm receipt v1",
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
                "creator-share " + creatorShare.nanoDollars() + parties(),
                "delivered " + deliveryHash,
                "host-signature " + hostSignature.orElse("none"),
                "orchestrator-key " + orchestratorKey);
        return lines.getBytes(StandardCharsets.UTF_8);
    }

    /** The lines that version 1 did not have. */
    private String parties() {
        return consumer.map(commitment ->
                        "\ncreator " + creator.map(AccountId::value).orElse("none") + "\nconsumer " + commitment)
                .orElse("");
    }

    public DeliveryStatement deliveryStatement() {
        return new DeliveryStatement(job, modelDigest, completionTokens, deliveryHash);
    }

    public Receipt withOrchestratorSignature(String signature) {
        return with(signature, leaf);
    }

    public Receipt withLeaf(long index) {
        return with(orchestratorSignature, Optional.of(index));
    }

    private Receipt with(String signature, Optional<Long> index) {
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
                signature,
                creator,
                consumer,
                index);
    }
}
