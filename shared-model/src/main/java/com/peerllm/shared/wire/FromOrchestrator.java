package com.peerllm.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.EmbeddingInput;
import com.peerllm.shared.openai.SamplingParameters;
import java.util.List;
import java.util.Optional;

/** A control message that the orchestrator sends to a host, as JSON text with a {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = FromOrchestrator.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = FromOrchestrator.Challenge.class, name = "challenge"),
    @JsonSubTypes.Type(value = FromOrchestrator.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = FromOrchestrator.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = FromOrchestrator.HeartbeatAck.class, name = "heartbeat_ack"),
    @JsonSubTypes.Type(value = FromOrchestrator.JobOffer.class, name = "job_offer"),
    @JsonSubTypes.Type(value = FromOrchestrator.EmbeddingOffer.class, name = "embedding_offer"),
    @JsonSubTypes.Type(value = FromOrchestrator.AuditOffer.class, name = "audit_offer"),
    @JsonSubTypes.Type(value = FromOrchestrator.CancelJob.class, name = "cancel_job"),
    @JsonSubTypes.Type(value = FromOrchestrator.ReceiptIssued.class, name = "receipt_issued"),
    @JsonSubTypes.Type(value = FromOrchestrator.Draining.class, name = "draining"),
})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public sealed interface FromOrchestrator {

    /**
     * The first message on every connection.
     *
     * @param nonce fresh randomness, base64url, that the host must sign
     * @param orchestratorName the name the host must sign with it
     * @param orchestratorKey the key that will sign receipts
     * @param minimumVersion the oldest protocol version accepted
     * @param sentAtMillis the orchestrator's clock
     */
    record Challenge(
            String nonce, String orchestratorName, PeerKey orchestratorKey, int minimumVersion, long sentAtMillis)
            implements FromOrchestrator {}

    /**
     * The host is in the registry.
     *
     * @param heartbeatSeconds how often the host must send a heartbeat
     * @param silenceSeconds after how long without one the host is unrouted
     */
    record Welcome(HostId hostId, int heartbeatSeconds, int silenceSeconds) implements FromOrchestrator {}

    /** The connection ends; the message says why and what to do. */
    record Refused(RefusalCode code, String message, int minimumVersion) implements FromOrchestrator {}

    /** Confirms the heartbeat of the same sequence number. */
    record HeartbeatAck(long sequence, boolean routed) implements FromOrchestrator {}

    /**
     * One answer to make now, to a conversation or after a text.
     *
     * @param stream the number that token frames and answers about this job carry; unique on the connection
     * @param model the digest of the model to use
     * @param messages the conversation; none when there is a text
     * @param prompt a text that the model continues as it stands; only for a model that announces completions
     * @param options tools, form, thinking and log probabilities; only for a model that announces the feature
     * @param maxTokens most completion tokens, those already delivered included
     * @param delivered token ids of this answer that the consumer has already; the host goes on after them
     * @param cacheScope prefixes may be reused only between jobs of the same scope
     * @param price what a million of the tokens that this host delivers is paid with; older orchestrators do not tell
     */
    record JobOffer(
            long stream,
            JobId job,
            ModelDigest model,
            List<ChatMessage> messages,
            Optional<String> prompt,
            SamplingParameters sampling,
            AnswerOptions options,
            int maxTokens,
            List<String> stop,
            List<Integer> delivered,
            String cacheScope,
            Optional<TokenPrice> price)
            implements FromOrchestrator {
        public JobOffer {
            messages = List.copyOf(messages);
            stop = List.copyOf(stop);
            delivered = List.copyOf(delivered);
            if (messages.isEmpty() != prompt.isPresent())
                throw new IllegalArgumentException("An offer has either messages or a text to continue");
        }

        /** Of a chat, by an orchestrator that names no price. */
        public JobOffer(
                long stream,
                JobId job,
                ModelDigest model,
                List<ChatMessage> messages,
                SamplingParameters sampling,
                AnswerOptions options,
                int maxTokens,
                List<String> stop,
                List<Integer> delivered,
                String cacheScope) {
            this(
                    stream,
                    job,
                    model,
                    messages,
                    Optional.empty(),
                    sampling,
                    options,
                    maxTokens,
                    stop,
                    delivered,
                    cacheScope,
                    Optional.empty());
        }

        /** Names the job and sizes only, so that no log line can hold a prompt. */
        @Override
        public String toString() {
            return "JobOffer[stream=" + stream + ", job=" + job + ", model=" + model.shortForm() + ", messages="
                    + messages.size() + ", maxTokens=" + maxTokens + ", delivered=" + delivered.size() + "]";
        }
    }

    /**
     * Texts to turn into vectors now.
     *
     * @param stream as in a {@link JobOffer}
     * @param model the digest of a model that announces embeddings
     * @param inputs at least one
     * @param price as in a {@link JobOffer}
     */
    record EmbeddingOffer(
            long stream, JobId job, ModelDigest model, List<EmbeddingInput> inputs, Optional<TokenPrice> price)
            implements FromOrchestrator {
        public EmbeddingOffer {
            inputs = List.copyOf(inputs);
            if (inputs.isEmpty()) throw new IllegalArgumentException("An offer without inputs");
        }

        /** By an orchestrator that names no price. */
        public EmbeddingOffer(long stream, JobId job, ModelDigest model, List<EmbeddingInput> inputs) {
            this(stream, job, model, inputs, Optional.empty());
        }

        /** Names the job and sizes only, so that no log line can hold a text. */
        @Override
        public String toString() {
            return "EmbeddingOffer[stream=" + stream + ", job=" + job + ", model=" + model.shortForm() + ", inputs="
                    + inputs.size() + "]";
        }
    }

    /**
     * Another host's part of an answer, to be checked with the same model: how many tokens has the prompt, and what do the ids
     * say? Nothing is generated, and no slot is taken.
     *
     * @param stream as in a {@link JobOffer}
     * @param model the digest of a model that announces the feature {@code audit}
     * @param messages the conversation, as the other host had it; none when there is a text
     * @param prompt the text that it continued
     * @param options as the other host had them
     * @param before ids of the answer before this part
     * @param tokens ids of this part
     * @param ended whether the answer ended with this part, so that what was held back had to be told
     */
    record AuditOffer(
            long stream,
            ModelDigest model,
            List<ChatMessage> messages,
            Optional<String> prompt,
            AnswerOptions options,
            List<String> stop,
            List<Integer> before,
            List<Integer> tokens,
            boolean ended)
            implements FromOrchestrator {
        public AuditOffer {
            messages = List.copyOf(messages);
            stop = List.copyOf(stop);
            before = List.copyOf(before);
            tokens = List.copyOf(tokens);
        }

        /** Names sizes only, so that no log line can hold a prompt or an answer. */
        @Override
        public String toString() {
            return "AuditOffer[stream=" + stream + ", model=" + model.shortForm() + ", messages=" + messages.size()
                    + ", before=" + before.size() + ", tokens=" + tokens.size() + "]";
        }
    }

    /** Stop generating; nothing more is wanted for this stream. */
    record CancelJob(long stream, String reason) implements FromOrchestrator {}

    /** The host's pay for a finished job, settled durably before it was sent. */
    record ReceiptIssued(Receipt receipt) implements FromOrchestrator {}

    /** The orchestrator stops; hosts go to one of the alternates, or come back later. */
    record Draining(String reason, List<String> alternates) implements FromOrchestrator {
        public Draining {
            alternates = List.copyOf(alternates);
        }
    }

    /** A message of a newer protocol; ignored. */
    record Unknown(Optional<String> type) implements FromOrchestrator {}
}
