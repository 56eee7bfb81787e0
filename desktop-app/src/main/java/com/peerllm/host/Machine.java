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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads this computer with the engine's help: OSHI knows processor and memory, llama.cpp knows what it can compute on. A program
 * makes one of it, because what the engine found is remembered. For any thread.
 */
public final class Machine {
    private static final Pattern GPU_LIBRARY = Pattern.compile(".*(cuda|vulkan|metal|hip|sycl|musa|opencl).*");

    private final HardwareReader reader = new HardwareReader();
    private final BiFunction<Path, ThreadFactory, List<EngineDevice>> listing;

    /** By the folder of the engine's libraries; guarded by this. */
    private final Map<Path, Sourced<List<ComputeDevice>>> found = new HashMap<>();

    public Machine() {
        this(EngineDevices::list);
    }

    /** @param listing asks the libraries of a folder for the engine's devices */
    Machine(BiFunction<Path, ThreadFactory, List<EngineDevice>> listing) {
        this.listing = listing;
    }

    /** Without asking the engine. */
    public HardwareProfile withoutDevices() {
        return reader.read();
    }

    /**
     * Also asks the engine for its devices, which takes about a second the first time; not when its libraries know no GPU. What
     * is free of a GPU's memory is what was free when it was asked.
     *
     * @throws com.peerllm.host.engine.EngineException when the engine does not run here; it is asked again the next time
     */
    public HardwareProfile withDevices(Path natives, ThreadFactory threads) {
        Sourced<List<ComputeDevice>> devices = devices(natives, threads);
        return reader.read().withDevices(devices.value(), devices.source());
    }

    private synchronized Sourced<List<ComputeDevice>> devices(Path natives, ThreadFactory threads) {
        return found.computeIfAbsent(natives, folder -> ask(folder, threads));
    }

    private Sourced<List<ComputeDevice>> ask(Path natives, ThreadFactory threads) {
        if (!knowsGpus(natives))
            return new Sourced<>(List.of(), "the engine's libraries for this computer know no GPU");
        List<ComputeDevice> devices = listing.apply(natives, threads).stream()
                .filter(Machine::isGpu)
                .map(Machine::computeDevice)
                .toList();
        return new Sourced<>(devices, "llama.cpp");
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
