package com.peerllm.host.platform.sensors;

import com.peerllm.host.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries the ways to know each thing, best first, and takes the first that answers; done once, in about a tenth of a second. */
public final class SensorChoice {
    private static final Logger log = LoggerFactory.getLogger(SensorChoice.class);

    private final Programs programs;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final LinuxPlaces places;

    /** Where the Linux kernel shows what it knows. */
    record LinuxPlaces(Path powerSupplies, Path hwmon, Path thermalZones, Path devices) {
        static final LinuxPlaces REAL =
                new LinuxPlaces(SysfsPower.FOLDER, SysfsHeat.HWMON, SysfsHeat.ZONES, TerminalIdle.DEVICES);
    }

    SensorChoice(Programs programs, Map<String, String> environment, InstantSource clock, LinuxPlaces places) {
        this.programs = programs;
        this.environment = environment;
        this.clock = clock;
        this.places = places;
    }

    /** May take a second where child programs are slow. */
    public static Sensors ofThisComputer(OperatingSystem os, Map<String, String> environment, InstantSource clock) {
        return new SensorChoice(Programs.of(environment), environment, clock, LinuxPlaces.REAL).of(os);
    }

    Sensors of(OperatingSystem os) {
        Sensors chosen = switch (os) {
            case LINUX -> new Sensors(linuxIdle(), linuxPower(), SysfsHeat.find(places.hwmon, places.thermalZones));
            case MACOS ->
                new Sensors(
                        answering(Stream.of(() -> new MacIdle(programs))),
                        working(() -> new MacPower(programs)),
                        working(() -> OshiHeat.find().orElseThrow()));
            case WINDOWS ->
                new Sensors(
                        answering(Stream.of(WindowsIdle::new)),
                        working(WindowsPower::new),
                        working(() -> OshiHeat.find().orElseThrow()));
        };
        log.info(
                "Activity is known from {}, the power supply {}, the temperature from {}",
                chosen.idle().map(IdleSensor::source).orElse("nowhere"),
                chosen.power().isPresent() ? "is known" : "is not asked for",
                chosen.heat().map(ThermalSensor::source).orElse("nowhere"));
        return chosen;
    }

    /**
     * On Wayland no program sees the input of others, so only the desktop can tell; X11 on top of it would tell half of it. Without
     * a screen, whoever is at the screen of this computer after all or in a terminal.
     */
    private Optional<IdleSensor> linuxIdle() {
        if (has("WAYLAND_DISPLAY")) return answering(Stream.of(() -> new MutterIdle(programs), this::ownSession));
        if (has("DISPLAY")) {
            return answering(Stream.of(
                    () -> new X11Idle(environment.get("DISPLAY")), () -> new MutterIdle(programs), this::ownSession));
        }
        return answering(Stream.of(() -> new LatestInput(
                List.of(LogindIdle.ofTheScreen(programs, clock), new TerminalIdle(places.devices, clock)))));
    }

    private IdleSensor ownSession() {
        return LogindIdle.ofSession(programs, environment.getOrDefault("XDG_SESSION_ID", "self"), clock);
    }

    private Optional<PowerSensor> linuxPower() {
        if (!Files.isDirectory(places.powerSupplies)) return Optional.empty();
        SysfsPower found = new SysfsPower(places.powerSupplies);
        return found.hasBattery() ? Optional.of(found) : Optional.empty();
    }

    private boolean has(String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }

    private static Optional<IdleSensor> answering(Stream<Supplier<IdleSensor>> ways) {
        return ways.map(SensorChoice::working)
                .flatMap(Optional::stream)
                .filter(SensorChoice::answers)
                .findFirst();
    }

    private static boolean answers(IdleSensor sensor) {
        try {
            sensor.idle();
            return true;
        } catch (IOException | RuntimeException | LinkageError e) {
            log.debug("Activity is not known from {}", sensor.source(), e);
            return false;
        }
    }

    /** A native library that is missing shows when the sensor is made. */
    private static <T> Optional<T> working(Supplier<? extends T> way) {
        try {
            return Optional.of(way.get());
        } catch (RuntimeException | LinkageError e) {
            log.debug("A sensor is not there", e);
            return Optional.empty();
        }
    }
}
