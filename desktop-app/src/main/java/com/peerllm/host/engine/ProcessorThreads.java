package com.peerllm.host.engine;

import java.util.OptionalInt;
import java.util.function.IntSupplier;
import oshi.SystemInfo;

/**
 * How many threads compute: never more than the physical cores, because ggml's threads wait for each other by spinning, and one
 * less by default, for the person at the computer.
 */
final class ProcessorThreads {
    private ProcessorThreads() {}

    static int choose(OptionalInt wanted, IntSupplier physicalCores) {
        if (wanted.isPresent() && wanted.getAsInt() == 1) return 1;
        int most = Math.max(1, physicalCores.getAsInt());
        return Math.min(most, wanted.orElse(Math.max(1, most - 1)));
    }

    /** The cores that this process can use: a container may allow fewer than the processor has. Takes a third of a second. */
    static int physicalCores() {
        int physical = new SystemInfo().getHardware().getProcessor().getPhysicalProcessorCount();
        return Math.min(physical, Runtime.getRuntime().availableProcessors());
    }
}
