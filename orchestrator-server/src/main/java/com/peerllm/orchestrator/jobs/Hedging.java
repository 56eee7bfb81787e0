package com.peerllm.orchestrator.jobs;

import java.time.Duration;

/**
 * When a second host starts on a streamed answer because the first token of the first host is late (the hedged request of Dean and
 * Barroso, "The Tail at Scale", 2013).
 *
 * @param on whether it ever happens
 * @param least earliest, however fast the model's first tokens are otherwise; also while too little is known of them
 * @param mostPercent of all answers, so that a network that is slow as a whole is not made slower still
 */
public record Hedging(boolean on, Duration least, int mostPercent) {
    public static final Hedging OFF = new Hedging(false, Duration.ofSeconds(2), 5);

    public static final Hedging ON = new Hedging(true, Duration.ofSeconds(2), 5);
}
