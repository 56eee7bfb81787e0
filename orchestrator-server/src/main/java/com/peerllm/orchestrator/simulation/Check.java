package com.peerllm.orchestrator.simulation;

import java.util.List;
import java.util.Locale;

/**
 * One of the figures that the design demands, and whether it was reached.
 *
 * @param value as a person reads it
 */
public record Check(String name, String value, String demanded, boolean passed) {
    private static final double BAD_TRAFFIC = 0.01;
    private static final double WRONGLY_EXCLUDED = 0.001;
    private static final double NEWCOMERS_PART = 0.5;
    private static final double JAIN = 0.95;
    private static final double NEWCOMERS_TRAFFIC = 0.05;

    public static List<Check> of(SimulationFigures figures) {
        return List.of(
                below("bad hosts' part of the traffic after 48 h", figures.badTraffic(), BAD_TRAFFIC),
                below("honest hosts wrongly excluded", figures.wronglyExcluded(), WRONGLY_EXCLUDED),
                above("a good newcomer's part of a fair share within 24 h", figures.newcomersPart(), NEWCOMERS_PART),
                above("Jain index among equals", figures.jain(), JAIN),
                below("newcomers' part of the traffic", figures.newcomersTraffic(), NEWCOMERS_TRAFFIC));
    }

    /** Ours beside another policy that got the same requests. */
    public static List<Check> against(PolicyName name, SimulationFigures ours, SimulationFigures other) {
        return List.of(
                new Check(
                        "good tokens per second, against " + name,
                        whole(ours.goodTokensPerSecond()),
                        ">= " + whole(other.goodTokensPerSecond()),
                        ours.goodTokensPerSecond() >= other.goodTokensPerSecond()),
                new Check(
                        "p99 of waiting in ms, against " + name,
                        whole(ours.waitMillisP99()),
                        "<= " + whole(other.waitMillisP99()),
                        ours.waitMillisP99() <= other.waitMillisP99()));
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static Check below(String name, double value, double bound) {
        return new Check(name, percent(value), "< " + percent(bound), value < bound);
    }

    private static Check above(String name, double value, double bound) {
        return new Check(name, number(value), "> " + number(bound), value > bound);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.3f %%", 100 * value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
