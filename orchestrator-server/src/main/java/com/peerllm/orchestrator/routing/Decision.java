package com.peerllm.orchestrator.routing;

import java.util.Map;

/** What the router decided. */
public sealed interface Decision<C extends Candidate> {

    /** @param estimatedMillis expected time until the answer is complete there */
    record Chosen<C extends Candidate>(C candidate, double estimatedMillis) implements Decision<C> {}

    /** @param rejections how many hosts were turned down for each reason; empty when no host has the model */
    record NoHost<C extends Candidate>(Map<Rejection, Integer> rejections) implements Decision<C> {}
}
