package com.peerllm.host.hardware;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;

/**
 * Reads what this computer is. OSHI sees the whole machine; the Java runtime sees the limits of the container it may run in;
 * the smaller figure counts.
 */
public final class HardwareReader {
    private static final String OSHI = "OSHI";
    private static final String LIMIT = "the limit that the Java runtime was given";
    private static final String UNKNOWN_CPU = "unknown processor";

    private final SystemInfo system = new SystemInfo();
    private final OperatingSystemMXBean runtime = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    public HardwareProfile read() {
        CentralProcessor cpu = system.getHardware().getProcessor();
        int logical = cpu.getLogicalProcessorCount();
        int allowed = runtime.getAvailableProcessors();
        return new HardwareProfile(
                new Sourced<>(plain(cpu.getProcessorIdentifier().getName()), OSHI),
                smaller(cpu.getPhysicalProcessorCount(), allowed),
                smaller(logical, allowed),
                smaller(memory().getTotal(), runtime.getTotalMemorySize()),
                availableMemory(),
                new Sourced<>(system.getOperatingSystem().getFamily(), OSHI),
                new Sourced<>(List.of(), "not asked"));
    }

    /** Read anew on each call. */
    public Sourced<Long> availableMemory() {
        GlobalMemory memory = memory();
        boolean limited = runtime.getTotalMemorySize() < memory.getTotal();
        // The runtime's free memory counts a full page cache as used; only inside a limit is it the better figure.
        return limited
                ? smaller(memory.getAvailable(), runtime.getFreeMemorySize())
                : new Sourced<>(memory.getAvailable(), OSHI);
    }

    private GlobalMemory memory() {
        return system.getHardware().getMemory();
    }

    private static <T extends Comparable<T>> Sourced<T> smaller(T machine, T limit) {
        return limit.compareTo(machine) < 0 ? new Sourced<>(limit, LIMIT) : new Sourced<>(machine, OSHI);
    }

    /** Without the trade marks and the clock that makers put into the name. */
    private static String plain(String name) {
        String plain = name.replaceAll("\\((R|TM|tm|r)\\)", "")
                .replaceAll("(?i)\\b(cpu|processor)\\b", "")
                .replaceAll("@.*$", "")
                .replaceAll("\\s+", " ")
                .strip();
        return plain.isEmpty() ? UNKNOWN_CPU : plain;
    }
}
