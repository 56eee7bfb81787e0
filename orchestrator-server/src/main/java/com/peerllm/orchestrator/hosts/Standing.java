package com.peerllm.orchestrator.hosts;

import com.peerllm.orchestrator.reputation.Breaker;
import com.peerllm.orchestrator.reputation.Reliability;
import java.time.InstantSource;

/** How a host has done so far. It belongs to the host, not to a connection, so leaving washes nothing away. */
final class Standing {
    private final InstantSource clock;
    private Reliability reliability = Reliability.UNKNOWN;
    private Breaker breaker = Breaker.CLOSED;

    Standing(InstantSource clock) {
        this.clock = clock;
    }

    void succeeded() {
        reliability = reliability.afterSuccess();
        breaker = breaker.afterSuccess();
    }

    void faulted() {
        reliability = reliability.afterFault();
        breaker = breaker.afterFault(clock.millis());
    }

    Reliability reliability() {
        return reliability;
    }

    boolean breakerOpen() {
        return breaker.isOpen(clock.millis());
    }
}
