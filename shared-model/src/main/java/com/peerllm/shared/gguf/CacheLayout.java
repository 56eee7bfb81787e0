package com.peerllm.shared.gguf;

import java.util.List;

/** What a model keeps of its context, layer by layer. */
sealed interface CacheLayout {
    /**
     * A cell per token and layer.
     *
     * @param layers those that keep anything
     * @param window tokens that the sliding layers look back; 0 when there are none
     */
    record Cells(List<Layer> layers, long window) implements CacheLayout {
        boolean slides() {
            return layers.stream().anyMatch(Layer::sliding);
        }
    }

    /** Nothing: the model reads each text at once. */
    record Nothing() implements CacheLayout {}

    /** This version cannot tell, so nobody must be given a figure. */
    record Unknown(String why) implements CacheLayout {}

    /**
     * One layer's part of a cell.
     *
     * @param keyWidth numbers per key, over all heads
     * @param valueWidth numbers per value, over all heads
     * @param headKeyLength numbers per key of one head
     * @param headValueLength numbers per value of one head
     * @param sliding looks at a window only
     */
    record Layer(long keyWidth, long valueWidth, int headKeyLength, int headValueLength, boolean sliding) {}
}
