package com.peerllm.host.platform.sensors;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The processor's temperature as the Linux kernel tells it: by the drivers for processors under {@code hwmon}, else by the
 * thermal zones of the processor or its package.
 *
 * <p>Formats: Documentation/hwmon/sysfs-interface and Documentation/ABI/testing/sysfs-class-thermal of the kernel; both in
 * thousandths of a degree. Names of drivers: coretemp (Intel), k10temp and zenpower (AMD), cpu_thermal and others (Arm).
 */
final class SysfsHeat implements ThermalSensor {
    static final Path HWMON = Path.of("/sys/class/hwmon");
    static final Path ZONES = Path.of("/sys/class/thermal");
    private static final Set<String> PROCESSOR_DRIVERS =
            Set.of("coretemp", "k10temp", "zenpower", "cpu_thermal", "soc_thermal", "apm_xgene", "scpi_sensors");
    private static final Pattern PROCESSOR_ZONE = Pattern.compile("x86_pkg_temp|.*cpu.*|soc.*thermal|acpitz");
    private static final int THOUSANDTHS = 1000;
    /** Below and above these a sensor is broken, or a driver says that it has none. */
    private static final int COLDEST = -20_000;

    private static final int HOTTEST = 150_000;

    private final List<Path> inputs;

    private SysfsHeat(List<Path> inputs) {
        this.inputs = inputs;
    }

    /** The sensors of the processor, when there is one that answers. */
    static Optional<ThermalSensor> find(Path hwmon, Path zones) {
        return ofDrivers(hwmon).or(() -> ofZones(zones)).map(ThermalSensor.class::cast);
    }

    private static Optional<SysfsHeat> ofDrivers(Path hwmon) {
        List<Path> inputs = new ArrayList<>();
        for (Path chip : list(hwmon, "hwmon*")) {
            if (SysfsFile.text(chip.resolve("name"))
                    .filter(PROCESSOR_DRIVERS::contains)
                    .isPresent()) {
                inputs.addAll(list(chip, "temp*_input"));
            }
        }
        return answering(inputs);
    }

    private static Optional<SysfsHeat> ofZones(Path zones) {
        List<Path> inputs = new ArrayList<>();
        for (Path zone : list(zones, "thermal_zone*")) {
            if (SysfsFile.text(zone.resolve("type"))
                    .filter(type -> PROCESSOR_ZONE.matcher(type).matches())
                    .isPresent()) inputs.add(zone.resolve("temp"));
        }
        return answering(inputs);
    }

    private static Optional<SysfsHeat> answering(List<Path> inputs) {
        SysfsHeat found = new SysfsHeat(List.copyOf(inputs));
        return found.hottest().isPresent() ? Optional.of(found) : Optional.empty();
    }

    private static List<Path> list(Path folder, String pattern) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            List<Path> all = new ArrayList<>();
            found.forEach(all::add);
            return all;
        } catch (IOException none) {
            return List.of();
        }
    }

    @Override
    public int celsius() throws IOException {
        int thousandths = hottest().orElseThrow(() -> new IOException("No temperature of the processor can be read"));
        return Math.ceilDiv(thousandths, THOUSANDTHS);
    }

    private Optional<Integer> hottest() {
        return inputs.stream()
                .map(SysfsFile::number)
                .flatMap(Optional::stream)
                .filter(value -> value > COLDEST && value < HOTTEST)
                .max(Integer::compare);
    }

    @Override
    public String source() {
        return "the Linux kernel";
    }
}
