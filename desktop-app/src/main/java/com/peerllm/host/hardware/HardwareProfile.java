package com.peerllm.host.hardware;

import com.peerllm.host.kernel.ByteSize;
import com.peerllm.shared.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this computer is, as far as serving models goes; never its name or its owner's.
 *
 * @param logicalCores what the operating system schedules on
 * @param availableMemoryBytes what a program can take without pushing others out, at the time of reading
 * @param devices GPUs and the like; empty when the engine was not asked
 */
public record HardwareProfile(
        Sourced<String> cpu,
        Sourced<Integer> physicalCores,
        Sourced<Integer> logicalCores,
        Sourced<Long> totalMemoryBytes,
        Sourced<Long> availableMemoryBytes,
        Sourced<String> operatingSystem,
        Sourced<List<ComputeDevice>> devices) {
    /** Firmware takes a little more or less of the memory at each start. */
    private static final long FINGERPRINT_STEP = 1L << 30;

    public HardwareProfile withDevices(List<ComputeDevice> found, String source) {
        return new HardwareProfile(
                cpu,
                physicalCores,
                logicalCores,
                totalMemoryBytes,
                availableMemoryBytes,
                operatingSystem,
                new Sourced<>(List.copyOf(found), source));
    }

    public HardwareProfile withAvailableMemory(Sourced<Long> available) {
        return new HardwareProfile(
                cpu, physicalCores, logicalCores, totalMemoryBytes, available, operatingSystem, devices);
    }

    /** The same for the same processor, memory and devices, so that what was measured can be found again; names nobody. */
    public String fingerprint() {
        String text =
                cpu.value() + "|" + physicalCores.value() + "|" + totalMemoryBytes.value() / FINGERPRINT_STEP + "|"
                        + devices.value().stream()
                                .map(device -> device.name() + device.totalBytes() / FINGERPRINT_STEP)
                                .toList();
        return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** One sentence for people and for the host list of the network. */
    public String sentence() {
        String cores = physicalCores.value() == 1 ? "1 core" : physicalCores.value() + " cores";
        Stream<String> gpus = devices.value().stream().map(HardwareProfile::described);
        String parts = Stream.concat(
                        Stream.of(
                                cores + " (" + cpu.value() + ")",
                                ByteSize.inWords(totalMemoryBytes.value()) + " memory"),
                        gpus)
                .collect(Collectors.joining(", "));
        return parts + ", " + operatingSystem.value() + ".";
    }

    private static String described(ComputeDevice device) {
        return device.ownMemory() ? device.name() + " with " + ByteSize.inWords(device.totalBytes()) : device.name();
    }
}
