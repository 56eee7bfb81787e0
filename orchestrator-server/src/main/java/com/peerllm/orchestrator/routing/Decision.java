package com.peerllm.orchestrator.routing;

import java.util.Map;

/** What the router decided. */
public sealed interface Decision<C extends Candidate> {

    record Chosen<C extends Candidate>(C candidate) implements Decision<C> {}

    /** @param rejections how many hosts were turned down for each reason; empty when no host has the model */
    record NoHost<C extends Candidate>(Map<Rejection, Integer> rejections) implements Decision<C> {}
}
