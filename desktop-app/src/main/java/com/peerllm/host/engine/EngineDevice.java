package com.peerllm.host.engine;

/**
 * A device that the engine can compute on, as llama.cpp itself sees it.
 *
 * @param name short name, such as {@code CPU} or {@code CUDA0}
 * @param description the maker's name for it
 * @param kind what sort of device it is
 * @param totalBytes its memory
 * @param freeBytes what of that was free when it was read; for a CPU, as far as llama.cpp can tell
 */
public record EngineDevice(String name, String description, Kind kind, long totalBytes, long freeBytes) {

    /** The device kinds of ggml, in ggml's order. */
    public enum Kind {
        CPU,
        GPU,
        INTEGRATED_GPU,
        ACCELERATOR,
        META,
        UNKNOWN
    }
}
