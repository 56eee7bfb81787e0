package com.peerllm.host.platform.sensors;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GNOME's count of milliseconds without input, which also works on Wayland: {@code GetIdletime} of
 * {@code org.gnome.Mutter.IdleMonitor}, asked with {@code gdbus}.
 */
final class MutterIdle implements IdleSensor {
    private static final Pattern ANSWER = Pattern.compile("\\(uint64 (\\d{1,18}),\\)");

    private final Programs programs;

    MutterIdle(Programs programs) {
        this.programs = programs;
    }

    @Override
    public Duration idle() throws IOException {
        return parse(programs.output(
                "gdbus",
                "call",
                "--session",
                "--timeout",
                "2",
                "--dest",
                "org.gnome.Mutter.IdleMonitor",
                "--object-path",
                "/org/gnome/Mutter/IdleMonitor/Core",
                "--method",
                "org.gnome.Mutter.IdleMonitor.GetIdletime"));
    }

    static Duration parse(String answer) throws IOException {
        Matcher found = ANSWER.matcher(answer.strip());
        if (!found.matches()) throw new IOException("GNOME did not tell the time without input");
        return Duration.ofMillis(Long.parseLong(found.group(1)));
    }

    @Override
    public String source() {
        return "GNOME";
    }
}
