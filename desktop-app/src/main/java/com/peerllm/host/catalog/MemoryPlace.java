package com.peerllm.host.catalog;

import com.peerllm.host.hardware.ComputeDevice;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.MemoryEstimate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One way to hold a model in this computer's memory.
 *
 * @param availableBytes for the whole model
 * @param gpuLayers layers for a GPU; negative means all
 * @param spareDeviceBytes of a GPU that takes as many layers as fit, beside main memory; 0 when the number is fixed
 */
record MemoryPlace(long availableBytes, int gpuLayers, long spareDeviceBytes) {
    /** The worker's own Java runtime, the vocabulary and the threads' scratch space. */
    private static final long PROCESS_BYTES = 96L << 20;

    private static final long MOST_RESERVE_BYTES = 1L << 30;
    private static final int RESERVE_PART = 10;

    private MemoryPlace(long availableBytes, int gpuLayers) {
        this(availableBytes, gpuLayers, 0);
    }

    /** The ways there are, the fastest first. */
    static List<MemoryPlace> of(HardwareProfile machine, Wish wish) {
        long main = room(machine);
        int wished = wish.gpuLayers().orElse(Fit.ALL_LAYERS);
        Optional<ComputeDevice> gpu = machine.devices().value().stream()
                .max(Comparator.comparing(ComputeDevice::ownMemory).thenComparing(ComputeDevice::freeBytes));
        if (gpu.isEmpty() || wished == 0) return List.of(new MemoryPlace(main, 0));
        if (!gpu.get().ownMemory()) return List.of(new MemoryPlace(main, wished));
        long onGpu = gpu.get().freeBytes();
        if (wish.gpuLayers().isPresent()) return List.of(new MemoryPlace(main + onGpu, wished));
        long whole = Math.max(0, onGpu - GpuLayers.RESERVE_BYTES);
        return List.of(
                new MemoryPlace(whole, Fit.ALL_LAYERS),
                new MemoryPlace(main, 0, onGpu),
                new MemoryPlace(main + whole, 0, onGpu));
    }

    /** How many layers a model that fits here gets on the GPU. */
    int layers(GgufFacts facts, MemoryEstimate.Known memory) {
        return spareDeviceBytes == 0 ? gpuLayers : GpuLayers.fitting(facts, memory, spareDeviceBytes);
    }

    /** What models may take of main memory when nothing is loaded, at this moment. */
    static long room(HardwareProfile machine) {
        return Math.max(0, machine.availableMemoryBytes().value() - reserve(machine));
    }

    /** What models may ever take of main memory. */
    static long mostRoom(HardwareProfile machine) {
        return Math.max(0, machine.totalMemoryBytes().value() - reserve(machine));
    }

    /** What the computer keeps: a tenth of its memory, at most 1 GiB, and what the engine takes beside the model. */
    private static long reserve(HardwareProfile machine) {
        return Math.min(machine.totalMemoryBytes().value() / RESERVE_PART, MOST_RESERVE_BYTES) + PROCESS_BYTES;
    }
}
