package com.peerllm.shared.gguf;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the header says about a model's attention; it decides what a token of context costs.
 *
 * @param heads query heads of each layer
 * @param keyValueHeads key-value heads of each layer
 * @param keyLength numbers per key of one head
 * @param valueLength numbers per value of one head
 * @param slidingKeyLength the same in layers that look at a window only
 * @param slidingValueLength the same in layers that look at a window only
 * @param slidingWindow tokens that those layers look back, where stated
 * @param slidingPattern which layers they are, where stated
 * @param sharedCacheLayers trailing layers that use the cache of an earlier one
 * @param latent keys and values are stored in a compressed form (multi-head latent attention)
 * @param looped the layers are passed several times, each with a cache of its own
 */
public record Attention(
        List<Integer> heads,
        List<Integer> keyValueHeads,
        int keyLength,
        int valueLength,
        int slidingKeyLength,
        int slidingValueLength,
        OptionalInt slidingWindow,
        SlidingPattern slidingPattern,
        int sharedCacheLayers,
        boolean latent,
        boolean looped) {
    public Attention {
        heads = List.copyOf(heads);
        keyValueHeads = List.copyOf(keyValueHeads);
    }

    /** Which layers look at a window only, as far as the header says. */
    public sealed interface SlidingPattern {
        /** Left to the architecture. */
        record Unstated() implements SlidingPattern {}

        /** One layer in every {@code n} looks at everything; 0 means none does. */
        record OneFullIn(int n) implements SlidingPattern {}

        /** One flag per layer; true where it looks at a window only. */
        record Listed(List<Boolean> sliding) implements SlidingPattern {
            public Listed {
                sliding = List.copyOf(sliding);
            }
        }
    }
}
