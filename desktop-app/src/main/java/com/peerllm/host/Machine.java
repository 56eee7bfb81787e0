package com.peerllm.host;

import com.peerllm.host.engine.EngineDevice;
import com.peerllm.host.engine.EngineDevices;
import com.peerllm.host.hardware.ComputeDevice;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.hardware.HardwareReader;
import com.peerllm.host.hardware.Sourced;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads this computer with the engine's help: OSHI knows processor and memory, llama.cpp knows what it can compute on. */
public final class Machine {
    private static final Pattern GPU_LIBRARY = Pattern.compile(".*(cuda|vulkan|metal|hip|sycl|musa|opencl).*");

    private final HardwareReader reader = new HardwareReader();

    /** Without asking the engine. */
    public HardwareProfile withoutDevices() {
        return reader.read();
    }

    /**
     * Also asks the engine for its devices, which takes about a second; not when its libraries know no GPU.
     *
     * @throws com.peerllm.host.engine.EngineException when the engine does not run here
     */
    public HardwareProfile withDevices(Path natives, ThreadFactory threads) {
        HardwareProfile profile = reader.read();
        if (!knowsGpus(natives)) {
            return profile.withDevices(List.of(), "the engine's libraries for this computer know no GPU");
        }
        List<ComputeDevice> devices = EngineDevices.list(natives, threads).stream()
                .filter(Machine::isGpu)
                .map(Machine::computeDevice)
                .toList();
        return profile.withDevices(devices, "llama.cpp");
    }

    /** The same profile with the memory that is free at this moment. */
    public HardwareProfile now(HardwareProfile earlier) {
        Sourced<Long> available = reader.availableMemory();
        return earlier.withAvailableMemory(available);
    }

    private static boolean knowsGpus(Path natives) {
        try (Stream<Path> files = Files.list(natives)) {
            return files.anyMatch(file -> GPU_LIBRARY
                    .matcher(file.getFileName().toString().toLowerCase(java.util.Locale.ROOT))
                    .matches());
        } catch (IOException e) {
            throw new UncheckedIOException("The engine's folder cannot be read", e);
        }
    }

    private static boolean isGpu(EngineDevice device) {
        return device.kind() == EngineDevice.Kind.GPU || device.kind() == EngineDevice.Kind.INTEGRATED_GPU;
    }

    private static ComputeDevice computeDevice(EngineDevice device) {
        boolean ownMemory = device.kind() == EngineDevice.Kind.GPU;
        return new ComputeDevice(device.description(), ownMemory, device.totalBytes(), device.freeBytes());
    }
}
