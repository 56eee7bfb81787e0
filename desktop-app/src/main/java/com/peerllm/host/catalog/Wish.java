package com.peerllm.host.catalog;

import java.util.OptionalInt;

/** What a person asks for about how a model runs; what is absent is chosen for them. */
public record Wish(OptionalInt slots, OptionalInt contextPerSlot, OptionalInt gpuLayers) {
    public static final Wish NONE = new Wish(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    public static Wish of(int slots, int contextPerSlot, int gpuLayers) {
        return new Wish(OptionalInt.of(slots), OptionalInt.of(contextPerSlot), OptionalInt.of(gpuLayers));
    }

    boolean isParticular() {
        return slots.isPresent() || contextPerSlot.isPresent();
    }
}
