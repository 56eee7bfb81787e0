package com.peerllm.shared.gguf;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How an architecture keeps its context: the part that llama.cpp knows by name because the header does not say it.
 *
 * <p>Source: {@code llama_model::create_memory} and the {@code load_arch_hparams} of each architecture in llama.cpp
 * v0.5.0. On 2026-11-22 the resulting cache sizes were the same, to the 0.01 MiB printed, as those that llama.cpp
 * reports for tiny models of 87 architectures in 4 run shapes each (made by its {@code test-llama-archs}). Only read in
 * its source, not compared: apertus, bitnet, gemma3n, gemma4, llama-embed and the encoders.
 */
sealed interface CacheRule {
    /** Every layer keeps every token. */
    record Full() implements CacheRule {}

    /**
     * Some layers look at a window only.
     *
     * @param oneFullIn one layer in so many keeps every token, unless the header says otherwise
     * @param fullFirst that layer is the first of its group instead of the last
     * @param mustList the header must list the sliding layers one by one
     * @param cachedLayers layers that keep a cache of their own at most; later ones share it
     */
    record Sliding(int oneFullIn, boolean fullFirst, boolean mustList, Window window, int cachedLayers)
            implements CacheRule {
        static Sliding oneFullIn(int n, Window window) {
            return new Sliding(n, false, false, window, Integer.MAX_VALUE);
        }

        static Sliding listed(Window window) {
            return new Sliding(0, false, true, window, Integer.MAX_VALUE);
        }

        Sliding startingFull() {
            return new Sliding(oneFullIn, true, mustList, window, cachedLayers);
        }

        Sliding caching(int most) {
            return new Sliding(oneFullIn, fullFirst, mustList, window, most);
        }
    }

    /** Nothing is kept. */
    record Nothing() implements CacheRule {}

    /** The cost does not follow from the header in a way that this version knows. */
    record Unknown(String why) implements CacheRule {}

    /** Where the width of the window comes from. */
    @FunctionalInterface
    interface Window {
        /** The header must say it. */
        Window STATED = stated -> stated.isPresent() ? OptionalLong.of(stated.getAsInt()) : OptionalLong.empty();
        /** Without it, no layer slides. */
        Window STATED_OR_NONE = stated -> OptionalLong.of(stated.orElse(0));

        static Window statedOr(int tokens) {
            return stated -> OptionalLong.of(stated.orElse(tokens));
        }

        /** A fixed width, if the header says any. */
        static Window fixedIfStated(int tokens) {
            return stated -> OptionalLong.of(stated.orElse(0) > 0 ? tokens : 0);
        }

        /** A fixed width, unless the header says 0. */
        static Window fixedUnlessZero(int tokens) {
            return stated -> OptionalLong.of(stated.isPresent() && stated.getAsInt() == 0 ? 0 : tokens);
        }

        /** The window in tokens; 0 for none, empty when the header lacks what it must say. */
        OptionalLong tokens(OptionalInt stated);
    }
}
