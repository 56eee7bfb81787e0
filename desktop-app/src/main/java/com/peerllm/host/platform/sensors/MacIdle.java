package com.peerllm.host.platform.sensors;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The nanoseconds without input that macOS keeps as {@code HIDIdleTime} of {@code IOHIDSystem}, read with {@code ioreg}.
 *
 * <p>Not run here: written after ioreg(8), and after https://www.dssw.co.uk/blog/2015-01-21-inactivity-and-idle-time/ for the
 * meaning and the unit.
 */
final class MacIdle implements IdleSensor {
    private static final Pattern IDLE = Pattern.compile("\"HIDIdleTime\" = (\\d{1,18})");

    private final Programs programs;

    MacIdle(Programs programs) {
        this.programs = programs;
    }

    @Override
    public Duration idle() throws IOException {
        return parse(programs.output("ioreg", "-r", "-d", "1", "-c", "IOHIDSystem"));
    }

    static Duration parse(String answer) throws IOException {
        Matcher found = IDLE.matcher(answer);
        if (!found.find()) throw new IOException("macOS did not tell the time without input");
        return Duration.ofNanos(Long.parseLong(found.group(1)));
    }

    @Override
    public String source() {
        return "macOS";
    }
}
