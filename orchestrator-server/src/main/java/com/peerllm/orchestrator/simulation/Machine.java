package com.peerllm.orchestrator.simulation;

import java.util.SplittableRandom;

/**
 * What a host computes on and when its owner leaves it on.
 *
 * @param decodeTokensPerSecond of one answer alone
 * @param slowdown by which each further answer at once slows down all of them; see routing.FinishTime
 * @param onHour hour of the day at which it is switched on
 * @param hoursOn a day; 24 for always
 */
record Machine(
        double decodeTokensPerSecond, double slowdown, int slots, double roundTripMillis, int onHour, int hoursOn) {
    /** Chances of the speed classes: slow processors, fast ones, Macs, small and large GPUs. */
    private static final double[] CLASSES = {0.25, 0.30, 0.20, 0.15, 0.10};

    private static final double[] DECODE = {6, 12, 25, 50, 100};
    private static final double[] SLOWDOWN = {0.8, 0.6, 0.3, 0.15, 0.08};
    private static final int[] SLOTS = {1, 2, 4, 4, 8};

    /** Always on, of the middle class: the equals that are compared with each other, and with newcomers. */
    static final Machine MIDDLE = new Machine(25, 0.3, 4, 40, 0, 24);

    static Machine of(SplittableRandom random) {
        int speed = 0;
        for (double left = random.nextDouble(); speed < 4 && (left -= CLASSES[speed]) > 0; ) speed++;
        int always = random.nextInt(10);
        int hours = always < 4 ? 24 : always < 8 ? 6 : 10;
        return new Machine(
                DECODE[speed] * random.nextDouble(0.8, 1.25),
                SLOWDOWN[speed],
                SLOTS[speed],
                random.nextDouble(10, 120),
                random.nextInt(24),
                hours);
    }

    boolean isAlwaysOn() {
        return hoursOn == 24;
    }

    /** Tokens per second over a whole day with all slots taken. */
    double capacity() {
        return hoursOn / 24.0 * slots * decodeTokensPerSecond / (1 + slowdown * (slots - 1));
    }
}
