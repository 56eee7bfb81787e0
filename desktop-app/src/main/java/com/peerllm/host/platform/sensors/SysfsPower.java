package com.peerllm.host.platform.sensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The power supplies that the Linux kernel knows: chargers, batteries and emergency supplies.
 *
 * <p>Format: Documentation/ABI/testing/sysfs-class-power of the kernel. A battery of scope {@code Device} is that of a mouse or a
 * headset and does not count.
 */
final class SysfsPower implements PowerSensor {
    static final Path FOLDER = Path.of("/sys/class/power_supply");

    private final Path folder;

    SysfsPower(Path folder) {
        this.folder = folder;
    }

    /** Whether there is anything that could run empty: a computer without it is always on mains. */
    boolean hasBattery() {
        try {
            return supplies().stream().anyMatch(Part::stores);
        } catch (IOException e) {
            return false;
        }
    }

    /** A charger that gives power is mains, whatever a battery says: one that is full may call itself anything. */
    @Override
    public Supply supply() throws IOException {
        List<Part> supplies = supplies();
        if (supplies.stream().anyMatch(Part::gives)) return Supply.MAINS;
        boolean unplugged = supplies.stream().anyMatch(part -> !part.stores());
        boolean stores = supplies.stream().anyMatch(Part::stores);
        boolean discharges = supplies.stream().anyMatch(part -> part.stores() && part.is("status", "Discharging"));
        return discharges || unplugged && stores ? Supply.BATTERY : Supply.MAINS;
    }

    private List<Part> supplies() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(Part::new)
                    .filter(part -> !part.is("scope", "Device"))
                    .toList();
        }
    }

    private record Part(Path folder) {
        boolean stores() {
            return is("type", "Battery") || is("type", "UPS");
        }

        boolean gives() {
            return !stores() && (is("online", "1") || is("online", "2"));
        }

        boolean is(String name, String value) {
            return SysfsFile.text(folder.resolve(name)).filter(value::equals).isPresent();
        }
    }
}
