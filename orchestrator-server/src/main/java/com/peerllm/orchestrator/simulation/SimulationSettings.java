package com.peerllm.orchestrator.simulation;

/**
 * What is simulated.
 *
 * @param seed the same one gives the same run, on any machine
 * @param requestsPerHostDay requests that are simulated; fewer than there would be, and each so much longer
 * @param load share of the honest hosts' capacity that is asked for on average
 */
public record SimulationSettings(
        int hosts, int days, long seed, PolicyName policy, double requestsPerHostDay, double load) {
    static final long START_MILLIS = 1_800_000_000_000L;
    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;

    /** Until then nothing is known of anybody; figures are taken afterwards. */
    static final long WARM_UP_MILLIS = 2 * DAY;

    public SimulationSettings {
        if (hosts < 100 || days < 3) throw new IllegalArgumentException("At least 100 hosts and 3 days");
    }

    public SimulationSettings with(PolicyName other, int otherDays) {
        return new SimulationSettings(hosts, otherDays, seed, other, requestsPerHostDay, load);
    }

    int models() {
        return Math.clamp(hosts / 500, 1, 20);
    }

    long endMillis() {
        return START_MILLIS + days * DAY;
    }

    /** When some honest hosts join a network that knows everybody else. */
    long lateMillis() {
        return START_MILLIS + Math.max(WARM_UP_MILLIS, days * DAY / 3);
    }
}
