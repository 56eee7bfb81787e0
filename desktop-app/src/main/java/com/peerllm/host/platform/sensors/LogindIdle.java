package com.peerllm.host.platform.sensors;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the desktop tells systemd's login service: whether the person's session is idle, and since when. Desktops set it minutes
 * after the last input, and until then nothing is known but that somebody was there lately: idle for no time.
 *
 * <p>Source: {@code IdleHint} and {@code IdleSinceHint} in org.freedesktop.login1(5).
 */
final class LogindIdle implements IdleSensor {
    private static final String HINT = "IdleHint";
    private static final String SINCE = "IdleSinceHint";
    /** Of a seat: the session that its screen shows; empty while it shows none. */
    private static final String ACTIVE = "ActiveSession";

    private static final long MICROS = 1_000_000;

    private final Programs programs;
    private final InstantSource clock;
    private final List<String> whom;

    private LogindIdle(Programs programs, List<String> whom, InstantSource clock) {
        this.programs = programs;
        this.whom = whom;
        this.clock = clock;
    }

    /** @param session its id, as in {@code XDG_SESSION_ID} */
    static LogindIdle ofSession(Programs programs, String session, InstantSource clock) {
        return new LogindIdle(programs, List.of("show-session", session), clock);
    }

    /** Of whoever has logged in at the computer's own screen. */
    static LogindIdle ofTheScreen(Programs programs, InstantSource clock) {
        return new LogindIdle(programs, List.of("show-seat", "seat0"), clock);
    }

    @Override
    public Duration idle() throws IOException {
        String[] arguments = Stream.concat(
                        whom.stream(), Stream.of(HINT, SINCE, ACTIVE).map(name -> "--property=" + name))
                .toArray(String[]::new);
        return parse(programs.output("loginctl", arguments), clock.instant());
    }

    static Duration parse(String answer, Instant now) throws IOException {
        Map<String, String> values = answer.lines()
                .filter(line -> line.contains("="))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> a));
        if (values.getOrDefault(ACTIVE, "present").isEmpty()) throw new IOException("Nobody is at the screen");
        String hint = values.getOrDefault(HINT, "");
        if (hint.equals("no")) return Duration.ZERO;
        String since = values.getOrDefault(SINCE, "");
        if (!hint.equals("yes") || !since.matches("\\d{1,18}")) {
            throw new IOException("The login service did not tell whether the session is idle");
        }
        long micros = Long.parseLong(since);
        Instant begun = Instant.ofEpochSecond(micros / MICROS, micros % MICROS * 1000);
        Duration idle = Duration.between(begun, now);
        return idle.isNegative() ? Duration.ZERO : idle;
    }

    @Override
    public String source() {
        return "systemd-logind";
    }
}
