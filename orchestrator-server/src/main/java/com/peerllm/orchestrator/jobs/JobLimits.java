package com.peerllm.orchestrator.jobs;

import java.time.Duration;

/**
 * How long a job may wait and how often it may move.
 *
 * @param firstToken time for the first token, on top of three times the estimated prefill
 * @param stall longest gap between two tokens
 * @param movesBeforeFirstToken other hosts tried when one fails before its first token
 * @param continuations other hosts that go on with an answer when one is lost in the middle of it
 */
public record JobLimits(Duration firstToken, Duration stall, int movesBeforeFirstToken, int continuations) {
    public static final JobLimits STANDARD = new JobLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 2, 3);
}
