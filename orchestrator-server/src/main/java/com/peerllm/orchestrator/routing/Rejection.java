package com.peerllm.orchestrator.routing;

import com.peerllm.shared.wire.ModelFeature;

/** Why a host was not considered for a request; what a 503 tells the consumer. */
public enum Rejection {
    ALREADY_TRIED("this request was tried there already"),
    DRAINING("is leaving the network"),
    BREAKER_OPEN("failed several times just now"),
    NO_REPUTATION("has lost its reputation"),
    PRICE_TOO_HIGH("costs more than the request allows"),
    NOT_TRUSTED("is a newcomer, and the request wants trusted hosts only"),
    CONTEXT_TOO_SHORT("offers a shorter context than the request needs"),
    NO_FREE_SLOT("has no free slot"),
    NO_CHAT("does not answer chats"),
    NO_COMPLETIONS("does not continue plain text"),
    NO_TOOLS("does not call tools"),
    NO_JSON_SCHEMA("does not keep to a JSON form"),
    NO_LOGPROBS("does not tell log probabilities"),
    NO_REASONING("does not think"),
    NO_EMBEDDINGS("makes no embeddings"),
    NO_AUDITS("does not check other hosts");

    private final String sentence;

    Rejection(String sentence) {
        this.sentence = sentence;
    }

    /** What it means that a host lacks a feature. */
    static Rejection without(ModelFeature feature) {
        return switch (feature) {
            case CHAT -> NO_CHAT;
            case COMPLETIONS -> NO_COMPLETIONS;
            case TOOLS -> NO_TOOLS;
            case JSON_SCHEMA -> NO_JSON_SCHEMA;
            case LOGPROBS -> NO_LOGPROBS;
            case REASONING -> NO_REASONING;
            case EMBEDDINGS -> NO_EMBEDDINGS;
            case AUDIT -> NO_AUDITS;
        };
    }

    /** Goes after "a host": {@code has no free slot}. */
    public String sentence() {
        return sentence;
    }
}
