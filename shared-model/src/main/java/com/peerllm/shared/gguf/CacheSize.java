package com.peerllm.shared.gguf;

import java.util.Optional;

/**
 * The bytes of the key-value cache: per layer and cell, a row of keys and a row of values.
 *
 * <p>Source: {@code llama_kv_cache} in llama.cpp v0.5.0. Cells are counted per stream in steps of 256; the result is
 * what llama.cpp prints as "KV buffer size", exactly.
 */
final class CacheSize {
    private CacheSize() {}

    static long bytes(CacheLayout.Cells layout, RunShape shape) {
        long cells = shape.cellsPerStream();
        long windowCells = shape.windowCellsPerStream(layout.window());
        long widestValue = layout.layers().stream()
                .mapToLong(CacheLayout.Layer::valueWidth)
                .max()
                .orElse(0);
        long bytes = 0;
        for (CacheLayout.Layer layer : layout.layers()) {
            // Without flash attention llama.cpp stores values transposed and pads all layers to the widest.
            long valueWidth = shape.flashAttention() ? layer.valueWidth() : widestValue;
            long perCell = Saturating.sum(
                    row(shape.cache().keys(), layer.keyWidth()),
                    row(shape.cache().values(), valueWidth));
            bytes = Saturating.sum(
                    bytes, Saturating.product(perCell, layer.sliding() ? windowCells : cells, shape.streams()));
        }
        return bytes;
    }

    /** Why the engine would refuse these cache types for this model, if it would. */
    static Optional<String> refusal(CacheLayout.Cells layout, RunShape shape) {
        boolean fits = layout.layers().stream()
                .allMatch(layer -> layer.headKeyLength()
                                        % shape.cache().keys().tensorType().elementsPerBlock()
                                == 0
                        && layer.headValueLength()
                                        % shape.cache().values().tensorType().elementsPerBlock()
                                == 0);
        return fits
                ? Optional.empty()
                : Optional.of("The model's heads do not fill whole blocks of a "
                        + shape.cache().keys() + "/" + shape.cache().values() + " cache; use an F16 cache");
    }

    private static long row(CacheType type, long width) {
        TensorType tensor = type.tensorType();
        return tensor.bytesOfRow(width);
    }
}
