package com.peerllm.shared.reputation;

/** The regularized incomplete beta function I_x(a, b): the chance that a Beta(a, b) variable is below x. */
final class IncompleteBeta {
    private static final double PRECISION = 1e-14;
    private static final double TINY = 1e-300;
    private static final int MOST_STEPS = 1000;

    private IncompleteBeta() {}

    /** @param x from 0 to 1 */
    static double regularized(double x, double a, double b) {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        // The fraction converges fast below the mean; above it the mirrored one does.
        return x < (a + 1) / (a + b + 2) ? below(x, a, b) : 1 - below(1 - x, b, a);
    }

    private static double below(double x, double a, double b) {
        double front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b));
        return front * fraction(x, a, b) / a;
    }

    /** The continued fraction of DLMF 8.17.22, by the method of Lentz. */
    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m < MOST_STEPS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            value *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            value *= c * d;
            if (Math.abs(c * d - 1) < PRECISION) return value;
        }
        throw new ArithmeticException("The incomplete beta function did not converge");
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** Stirling's series (DLMF 5.11.1) from 10 on; smaller arguments are brought there by the recurrence. */
    static double logGamma(double x) {
        double shift = 0;
        double z = x;
        while (z < 10) shift -= Math.log(z++);
        double inverse = 1 / z;
        double square = inverse * inverse;
        double series = inverse
                * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))));
        return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
    }
}
