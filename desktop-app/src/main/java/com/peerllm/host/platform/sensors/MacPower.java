package com.peerllm.host.platform.sensors;

import java.io.IOException;

/**
 * Where macOS draws its power from, as {@code pmset -g batt} says in its first line; an emergency supply is told too.
 *
 * <p>Not run here: written after pmset(1).
 */
final class MacPower implements PowerSensor {
    private final Programs programs;

    MacPower(Programs programs) {
        this.programs = programs;
    }

    @Override
    public Supply supply() throws IOException {
        return parse(programs.output("pmset", "-g", "batt"));
    }

    static Supply parse(String answer) throws IOException {
        String first = answer.lines().findFirst().orElse("");
        if (first.contains("'AC Power'")) return Supply.MAINS;
        if (first.contains("'Battery Power'") || first.contains("'UPS Power'")) return Supply.BATTERY;
        throw new IOException("macOS did not tell the power supply");
    }
}
