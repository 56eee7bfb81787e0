package com.peerllm.shared.gguf;

import com.peerllm.shared.gguf.GgufException.Reason;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the list of tensors and checks that each lies whole inside the file, where llama.cpp will look for it.
 *
 * <p>The rules are those of {@code gguf_init_from_reader} in llama.cpp v0.5.0: tensors stand one after another, each
 * padded to the alignment. Tensor data is never read.
 */
final class TensorDirectory {
    /** The lengths of a name and of a list of dimensions, both empty, a type and an offset. */
    static final int LEAST_TENSOR_BYTES = 8 + 4 + 4 + 8;
    /** GGML_MAX_NAME without the closing zero. */
    private static final int NAME_BYTES = 63;

    private static final int MOST_DIMENSIONS = 4;

    private final HeaderSource source;
    private final int alignment;
    private final Set<String> names = new HashSet<>();
    private final Set<Integer> unknownTypes = new LinkedHashSet<>();
    private final Map<TensorType, Long> parametersByType = new EnumMap<>(TensorType.class);
    private long parameters;
    private long bytes;
    /** Where the next tensor must start; unknown after a tensor of unknown size. */
    private OptionalLong nextOffset = OptionalLong.of(0);

    /** The end of the tensor that reaches furthest, from the start of the tensor data, and where it is listed. */
    private long dataBytes;

    private long furthestListedAt;

    TensorDirectory(HeaderSource source, int alignment) {
        this.source = source;
        this.alignment = alignment;
    }

    /** What was found. */
    record Summary(Weights weights, Set<TensorType> types) {
        boolean uses(TensorType type) {
            return types.contains(type);
        }
    }

    Summary read(int count) throws GgufException {
        for (int i = 0; i < count; i++) readTensor();
        long dataStart = padded(source.position());
        if (dataBytes > source.fileBytes() - dataStart)
            throw new GgufException(
                    Reason.TENSOR_OUTSIDE_FILE,
                    furthestListedAt,
                    "A tensor ends at byte " + (dataStart + dataBytes) + ", but the file at " + source.fileBytes());
        return new Summary(weights(count), parametersByType.keySet());
    }

    private Weights weights(int count) {
        return new Weights(
                parameters,
                count,
                unknownTypes.isEmpty() ? OptionalLong.of(bytes) : OptionalLong.empty(),
                parametersByType.entrySet().stream()
                        .max(Comparator.comparingLong(Map.Entry<TensorType, Long>::getValue))
                        .map(Map.Entry::getKey),
                List.copyOf(unknownTypes));
    }

    private void readTensor() throws GgufException {
        long at = source.position();
        String name = source.text("tensor name", NAME_BYTES, Reason.BAD_TENSOR);
        if (!names.add(name))
            throw new GgufException(
                    Reason.DUPLICATE_TENSOR, at, "The tensor " + GgufException.shown(name) + " is listed twice");
        long[] dimensions = dimensions(name, at);
        long elements = elements(dimensions, name, at);
        int typeNumber = source.i32();
        long offset = source.i64();
        try {
            parameters = Math.addExact(parameters, elements);
        } catch (ArithmeticException e) {
            throw bad(at, name, "makes the number of parameters impossibly large", e);
        }
        checkStart(offset, name, at);
        TensorType type = TensorType.find(typeNumber).orElse(null);
        if (type == null) {
            unknownTypes.add(typeNumber);
            nextOffset = OptionalLong.empty();
            reach(offset, 0, at);
        } else {
            place(type, dimensions, elements, offset, name, at);
        }
    }

    private long[] dimensions(String name, long at) throws GgufException {
        int count = source.i32();
        if (count < 0 || count > MOST_DIMENSIONS)
            throw bad(at, name, "has " + Integer.toUnsignedString(count) + " dimensions; 4 is the most", null);
        long[] dimensions = new long[count];
        for (int i = 0; i < count; i++) {
            dimensions[i] = source.i64();
            if (dimensions[i] < 0) throw bad(at, name, "has an impossible dimension", null);
        }
        return dimensions;
    }

    private long elements(long[] dimensions, String name, long at) throws GgufException {
        try {
            long elements = 1;
            for (long dimension : dimensions) elements = Math.multiplyExact(elements, dimension);
            return elements;
        } catch (ArithmeticException e) {
            throw bad(at, name, "has an impossible number of elements", e);
        }
    }

    private void checkStart(long offset, String name, long at) throws GgufException {
        if (offset < 0 || offset > source.fileBytes())
            throw new GgufException(
                    Reason.TENSOR_OUTSIDE_FILE,
                    at,
                    "The tensor " + GgufException.shown(name) + " starts behind the end of the file");
        OptionalLong expected = nextOffset;
        if (expected.isPresent() ? offset != expected.getAsLong() : offset < dataBytes || offset % alignment != 0)
            throw bad(at, name, "does not start where the one before it ends", null);
    }

    private void place(TensorType type, long[] dimensions, long elements, long offset, String name, long at)
            throws GgufException {
        long rowLength = dimensions.length == 0 ? 1 : dimensions[0];
        if (rowLength % type.elementsPerBlock() != 0)
            throw bad(at, name, "has rows that do not fill whole blocks of " + type, null);
        long size;
        try {
            size = type.bytesOfRow(elements);
        } catch (ArithmeticException e) {
            throw bad(at, name, "has an impossible size", e);
        }
        if (size > source.fileBytes() - offset)
            throw new GgufException(
                    Reason.TENSOR_OUTSIDE_FILE,
                    at,
                    "The tensor " + GgufException.shown(name) + " ends behind the end of the file");
        parametersByType.merge(type, elements, Long::sum);
        bytes += size;
        nextOffset = OptionalLong.of(padded(offset + size));
        reach(offset, size, at);
    }

    private void reach(long offset, long size, long at) {
        if (offset + size < dataBytes) return;
        dataBytes = offset + size;
        furthestListedAt = at;
    }

    private long padded(long position) {
        return Math.ceilDiv(position, (long) alignment) * alignment;
    }

    private static GgufException bad(long at, String name, String what, Throwable cause) {
        return new GgufException(Reason.BAD_TENSOR, at, "The tensor " + GgufException.shown(name) + " " + what, cause);
    }
}
