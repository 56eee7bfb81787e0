package com.peerllm.host.availability;

import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.settings.SharingRules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each sensor as often as its answer matters, and keeps the answers in between. Thread: one at a time. */
final class SensorWatch {
    private static final Logger log = LoggerFactory.getLogger(SensorWatch.class);

    /** The person who comes back should not wait for the computer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final Duration SOON = Duration.ofSeconds(5);
    /** For the screens only. */
    private static final Duration RARELY = Duration.ofSeconds(30);

    private final Optional<Gauge<Duration>> idle;
    private final Optional<Gauge<Supply>> supply;
    private final Optional<Gauge<Integer>> celsius;

    SensorWatch(Sensors sensors) {
        idle = sensors.idle().map(sensor -> new Gauge<>("of activity", sensor::idle));
        supply = sensors.power().map(sensor -> new Gauge<>("of the power supply", sensor::supply));
        celsius = sensors.heat().map(sensor -> new Gauge<>("of the temperature", sensor::celsius));
    }

    /** @param mayWork whether work is running or would begin, if these readings allow it */
    Readings read(SharingRules rules, boolean mayWork, Instant now) {
        return new Readings(
                idle.flatMap(gauge -> gauge.read(now, activityEvery(rules, mayWork))),
                supply.flatMap(gauge -> gauge.read(now, mayWork && !rules.onBattery() ? SOON : RARELY)),
                celsius.flatMap(gauge ->
                                gauge.read(now, mayWork && rules.mostCelsius().isPresent() ? SOON : RARELY))
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()));
    }

    private static Duration activityEvery(SharingRules rules, boolean mayWork) {
        if (rules.idleMinutes().isEmpty()) return RARELY;
        return mayWork ? AT_ONCE : SOON;
    }

    /** A sensor with its last answer; says once in the log when it begins to fail. */
    private static final class Gauge<T> {
        private final String what;
        private final Asking<T> sensor;
        private Optional<T> last = Optional.empty();
        private Optional<Instant> askedAt = Optional.empty();
        private boolean fails;

        Gauge(String what, Asking<T> sensor) {
            this.what = what;
            this.sensor = sensor;
        }

        Optional<T> read(Instant now, Duration every) {
            boolean fresh = askedAt.filter(at -> !now.isBefore(at) && now.isBefore(at.plus(every)))
                    .isPresent();
            if (fresh) return last;
            askedAt = Optional.of(now);
            last = ask();
            return last;
        }

        private Optional<T> ask() {
            try {
                T answer = sensor.ask();
                if (fails) log.info("The sensor {} works again", what);
                fails = false;
                return Optional.of(answer);
            } catch (IOException | RuntimeException | LinkageError e) {
                if (!fails)
                    log.warn(
                            "The sensor {} does not answer; what it knows is no reason to pause ({})",
                            what,
                            e.toString());
                fails = true;
                return Optional.empty();
            }
        }
    }

    @FunctionalInterface
    private interface Asking<T> {
        T ask() throws IOException;
    }
}
