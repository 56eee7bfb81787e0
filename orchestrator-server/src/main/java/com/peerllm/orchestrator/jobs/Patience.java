package com.peerllm.orchestrator.jobs;

import java.time.Duration;

/**
 * How long one class of requests waits for what.
 *
 * @param queue for a host's free slot, at most; a consumer may ask for less
 * @param firstToken for the first token, on top of three times the estimated prefill
 * @param stall longest gap between two tokens
 */
public record Patience(Duration queue, Duration firstToken, Duration stall) {
    Patience withQueueAtMost(Duration wanted) {
        return wanted.compareTo(queue) < 0 ? new Patience(wanted, firstToken, stall) : this;
    }
}
