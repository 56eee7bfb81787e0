package com.peerllm.shared.reputation;

/**
 * The lower 5 % bound of a share of which some successes and failures were seen: the 0.05 quantile of the Beta(successes +
 * 1, failures + 1) distribution, the posterior of a uniform prior.
 *
 * <p>The exact quantile takes microseconds. Here it is read from a table whose two axes are the logarithms of the counts plus
 * one, with linear interpolation between: within 0.0005 of the exact value, never falling with a success and never rising
 * with a failure, without allocation. Counts beyond 734 are taken for 734; {@link Outcomes} stays below.
 */
final class LowerBound {
    static final double CERTAINTY = 0.95;

    /** Distance of two grid lines in the logarithm. */
    private static final double STEP = 0.1;

    private static final int LINES = 67;
    private static final double[] TABLE = table();

    private LowerBound() {}

    static double of(double successes, double failures) {
        double row = line(successes);
        double column = line(failures);
        int i = (int) row;
        int j = (int) column;
        double down = row - i;
        double right = column - j;
        int at = i * LINES + j;
        double above = TABLE[at] * (1 - right) + TABLE[at + 1] * right;
        double below = TABLE[at + LINES] * (1 - right) + TABLE[at + LINES + 1] * right;
        return above * (1 - down) + below * down;
    }

    private static double line(double count) {
        return Math.min(Math.log1p(count) / STEP, Math.nextDown(LINES - 1.0));
    }

    private static double[] table() {
        double[] table = new double[LINES * LINES];
        for (int i = 0; i < LINES; i++) {
            for (int j = 0; j < LINES; j++) {
                table[i * LINES + j] = exact(Math.expm1(i * STEP), Math.expm1(j * STEP));
            }
        }
        return table;
    }

    /** By halving the interval, to the last bit that matters. */
    static double exact(double successes, double failures) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 50; i++) {
            double middle = (low + high) / 2;
            if (IncompleteBeta.regularized(middle, successes + 1, failures + 1) < 1 - CERTAINTY) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
