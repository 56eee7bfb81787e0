package com.peerllm.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.peerllm.shared.identity.PeerKey;
import java.util.List;
import java.util.Optional;

/** A control message that a host sends to its orchestrator, as JSON text with a {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = FromHost.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = FromHost.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = FromHost.Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = FromHost.ModelsChanged.class, name = "models_changed"),
    @JsonSubTypes.Type(value = FromHost.JobStarted.class, name = "job_started"),
    @JsonSubTypes.Type(value = FromHost.JobFinished.class, name = "job_finished"),
    @JsonSubTypes.Type(value = FromHost.JobFailed.class, name = "job_failed"),
    @JsonSubTypes.Type(value = FromHost.AuditDone.class, name = "audit_done"),
    @JsonSubTypes.Type(value = FromHost.Draining.class, name = "draining"),
})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public sealed interface FromHost {

    /**
     * The answer to the challenge and all that routing needs to know of the host.
     *
     * @param protocolVersion see {@link Protocol#VERSION}
     * @param software name and version of the host program
     * @param key the host's public key; its id follows from it
     * @param signature base64url Ed25519 signature over {@link Protocol#handshakeMessage}
     * @param sentAtMillis the host's clock, so that skew can be told
     * @param hardware one sentence about the machine, shown on the host list; never a machine name
     * @param models what the host serves now
     */
    record Hello(
            int protocolVersion,
            String software,
            PeerKey key,
            String signature,
            long sentAtMillis,
            String hardware,
            List<AnnouncedModel> models)
            implements FromHost {
        public Hello {
            models = List.copyOf(models);
            require(isLine(software) && isLine(hardware));
        }
    }

    /**
     * A sign of life; the orchestrator confirms it with the same number.
     *
     * @param sequence counts up from 1 on each connection
     * @param runningJobs answers being generated now
     */
    record Heartbeat(long sequence, int runningJobs) implements FromHost {
        public Heartbeat {
            require(sequence >= 1 && runningJobs >= 0);
        }
    }

    /** The host's models, slots or measured speeds changed; replaces the list of the hello. */
    record ModelsChanged(List<AnnouncedModel> models) implements FromHost {
        public ModelsChanged {
            models = List.copyOf(models);
        }
    }

    /**
     * The prompt is rendered and in the engine.
     *
     * @param stream the number the offer gave
     * @param promptTokens length of the rendered prompt by the model's tokenizer
     * @param cachedTokens how many of them the engine did not have to compute
     */
    record JobStarted(long stream, int promptTokens, int cachedTokens) implements FromHost {
        public JobStarted {
            require(stream >= 1 && promptTokens >= 0 && cachedTokens >= 0 && cachedTokens <= promptTokens);
        }
    }

    /**
     * The answer is complete; all its token frames were sent before.
     *
     * @param finishReason {@code stop} or {@code length}
     * @param completionTokens what the host counted; the orchestrator pays by its own count
     * @param deliveryHash the host's {@link com.peerllm.shared.ledger.DeliveryHash} in hex
     * @param signature base64url signature over the {@link com.peerllm.shared.ledger.DeliveryStatement}
     */
    record JobFinished(
            long stream,
            String finishReason,
            int promptTokens,
            int completionTokens,
            String deliveryHash,
            String signature)
            implements FromHost {
        public JobFinished {
            require(stream >= 1 && promptTokens >= 0 && completionTokens >= 0);
        }
    }

    /**
     * The job will not be answered by this host.
     *
     * @param code see {@link JobFailure}
     * @param message one sentence without any of the prompt
     */
    record JobFailed(long stream, JobFailure code, String message) implements FromHost {
        public JobFailed {
            require(stream >= 1);
        }
    }

    /**
     * What the host found of another host's part of an answer.
     *
     * @param stream the number the {@link FromOrchestrator.AuditOffer} gave
     * @param promptTokens length of the rendered prompt by the model's tokenizer
     * @param possible whether every id can be a token of an answer: in the vocabulary, none that ends it, none after its end
     * @param said {@link SaidHash} in hex of what the ids say by the model's vocabulary
     */
    record AuditDone(long stream, int promptTokens, boolean possible, String said) implements FromHost {
        public AuditDone {
            require(stream >= 1 && promptTokens >= 0 && said.length() == 64);
        }
    }

    /** The host takes no new jobs and leaves when the running ones are done. */
    record Draining(String reason) implements FromHost {}

    /** A message of a newer protocol; ignored. */
    record Unknown(Optional<String> type) implements FromHost {}

    /** One line that can be shown and logged: at most 200 characters, none of them a control character. */
    static boolean isLine(String text) {
        return text.length() <= 200 && text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean inRange) {
        if (!inRange) throw new IllegalArgumentException("A number out of range");
    }
}
