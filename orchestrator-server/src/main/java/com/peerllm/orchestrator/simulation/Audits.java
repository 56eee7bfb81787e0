package com.peerllm.orchestrator.simulation;

import com.peerllm.orchestrator.reputation.Fault;
import java.util.random.RandomGenerator;

/**
 * Which answers are checked, and what comes out: the rule of the network's audits (all of the first ten, then one in as many
 * as were confirmed in a row, at least one in fifty) with the chances of {@link Kind} for the check itself.
 */
final class Audits {
    private static final int FIRST_ANSWERS = 10;
    private static final double LEAST_SHARE = 0.02;

    private Audits() {}

    static void mayCheck(SimulatedHost host, boolean cheated, RandomGenerator random) {
        if (random.nextDouble() >= chance(host.confirmedInARow)) return;
        double refuted = cheated ? host.kind.foundByAnAudit : Kind.FALSE_ALARM;
        if (random.nextDouble() < refuted) {
            host.confirmedInARow = 0;
            host.standing().faulted(Fault.AUDIT_FAILED);
        } else {
            host.confirmedInARow++;
            host.standing().confirmed();
        }
    }

    private static double chance(int confirmedInARow) {
        return confirmedInARow < FIRST_ANSWERS ? 1 : Math.max(LEAST_SHARE, 1.0 / confirmedInARow);
    }
}
