package com.peerllm.orchestrator.simulation;

import com.peerllm.shared.identity.HostId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** One request on its way through the simulated network. */
final class SimulatedJob {
    final int model;
    final long arrivedMillis;
    final int promptTokens;

    /** Of the answer, not stretched. */
    final int answerTokens;

    final SplittableRandom random;
    final Set<HostId> tried = new HashSet<>();
    Optional<HostId> conversation;

    /** Still to be generated, stretched; and the most that the consumer allows of it. */
    double leftTokens;

    double mostTokens;

    boolean dispatched;

    /** Counts dispatches; what was planned for an earlier one does not happen. */
    int attempt;

    /** Stretched tokens per millisecond at its host now. */
    double rate;

    long beganMillis;
    long endsAtMillis;
    double firstTokenMillis;

    SimulatedJob(
            int model,
            long arrivedMillis,
            int promptTokens,
            int answerTokens,
            double stretch,
            Optional<HostId> conversation,
            SplittableRandom random) {
        this.model = model;
        this.arrivedMillis = arrivedMillis;
        this.promptTokens = promptTokens;
        this.answerTokens = answerTokens;
        this.conversation = conversation;
        this.random = random;
        this.leftTokens = answerTokens * stretch;
        this.mostTokens = (Integer.highestOneBit(answerTokens) << 1) * stretch;
    }
}
