package com.peerllm.orchestrator.routing;

/** Why a host was not considered for a request; what a 503 tells the consumer. */
public enum Rejection {
    ALREADY_TRIED("this request was tried there already"),
    DRAINING("is leaving the network"),
    BREAKER_OPEN("failed several times just now"),
    NO_REPUTATION("has lost its reputation"),
    CONTEXT_TOO_SHORT("offers a shorter context than the request needs"),
    NO_FREE_SLOT("has no free slot");

    private final String sentence;

    Rejection(String sentence) {
        this.sentence = sentence;
    }

    /** Goes after "a host": {@code has no free slot}. */
    public String sentence() {
        return sentence;
    }
}
