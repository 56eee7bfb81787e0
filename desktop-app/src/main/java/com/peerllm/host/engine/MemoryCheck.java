package com.peerllm.host.engine;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Decides before any process starts whether a model fits this computer. */
@FunctionalInterface
public interface MemoryCheck {

    /** A sentence that says what is missing and what to do, or nothing when the model fits. */
    Optional<String> refusal(EngineOptions options);

    /** Lets everything pass: for tests and for models whose size is known to be harmless. */
    static MemoryCheck none() {
        return options -> Optional.empty();
    }

    /** Compares what the model needs with what is free. */
    static MemoryCheck of(Function<EngineOptions, MemoryNeed> need, AvailableMemory available) {
        return options -> {
            long needed = need.apply(options).totalBytes();
            long free = available.freeBytes();
            if (needed <= free) return Optional.empty();
            return Optional.of("Not enough memory: needs %s, %s are free. Choose a smaller model or a shorter context."
                    .formatted(gigabytes(needed), gigabytes(free)));
        };
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
