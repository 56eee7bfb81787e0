package com.peerllm.shared.reputation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One thing that a host did, as its orchestrator saw it: what reputation is computed from. It names no consumer and holds
 * nothing of a prompt or an answer but their lengths.
 *
 * <p>Evidence is only added, never changed. It is numbered 1, 2, 3, ... for each host and model, and apart from that for the
 * host's presence.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Evidence.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = Evidence.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Evidence.Confirmed.class, name = "confirmed"),
    @JsonSubTypes.Type(value = Evidence.Present.class, name = "present"),
    @JsonSubTypes.Type(value = Evidence.Absent.class, name = "absent")
})
public sealed interface Evidence {
    long number();

    /** When it became known, milliseconds since 1970 UTC. */
    long atMillis();

    /** A short name for counts: the JSON's {@code kind}, or the fault. */
    String name();

    /** What is known of a model on a host. */
    sealed interface OfModel extends Evidence {}

    /** What is known of a host whatever it serves. */
    sealed interface OfPresence extends Evidence {}

    /**
     * It finished an answer that it had taken on.
     *
     * @param promptTokens that it computed, those out of its cache not counted
     * @param tokens that were relayed
     * @param firstTokenMillis from the offer to the first token; 0 when no token came
     * @param tokensPerSecond after the first token; 0 when there were too few to tell
     */
    record Answered(
            long number, long atMillis, int promptTokens, int tokens, double firstTokenMillis, double tokensPerSecond)
            implements OfModel {
        @Override
        public String name() {
            return "answered";
        }
    }

    /**
     * It failed an answer that it had taken on.
     *
     * @param fault how, one of the names in docs/reputation.md
     */
    record Failed(long number, long atMillis, String fault, Meaning meaning) implements OfModel {
        @Override
        public String name() {
            return fault;
        }
    }

    /** What a failure says of a host. */
    enum Meaning {
        /** It can happen to anybody. */
        UNRELIABLE,
        /** A lie, or bad luck, or the lie of the host that checked. */
        DOUBTFUL,
        /** No program that keeps to the protocol does it. */
        DISHONEST
    }

    /** Another host confirmed a sampled answer. */
    record Confirmed(long number, long atMillis) implements OfModel {
        @Override
        public String name() {
            return "confirmed";
        }
    }

    /**
     * It was connected, as it had promised, until {@link #atMillis()}.
     *
     * @param lost whether it then went without a goodbye
     */
    record Present(long number, long atMillis, long spanMillis, boolean lost) implements OfPresence {
        @Override
        public String name() {
            return "present";
        }
    }

    /** It was away though it had not said goodbye, until {@link #atMillis()} or until its promise lapsed. */
    record Absent(long number, long atMillis, long spanMillis) implements OfPresence {
        @Override
        public String name() {
            return "absent";
        }
    }
}
