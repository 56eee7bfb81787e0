package com.peerllm.shared.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF headers for tests: correct ones by default, wrong ones when asked. */
final class SyntheticGguf {
    private final Map<String, Typed> metadata = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private int version = 3;
    private int alignment = 32;

    private record Typed(int type, byte[] bytes) {}

    private record Tensor(String name, int type, long bytes, long[] dimensions) {}

    SyntheticGguf version(int number) {
        version = number;
        return this;
    }

    SyntheticGguf alignment(int bytes) {
        alignment = bytes;
        return u32("general.alignment", bytes);
    }

    SyntheticGguf text(String key, String value) {
        return raw(key, 8, bytesOf(value));
    }

    SyntheticGguf u32(String key, int value) {
        return raw(key, 4, le(4).putInt(value).array());
    }

    SyntheticGguf u64(String key, long value) {
        return raw(key, 10, le(8).putLong(value).array());
    }

    SyntheticGguf f32(String key, float value) {
        return raw(key, 6, le(4).putFloat(value).array());
    }

    SyntheticGguf i32s(String key, int... values) {
        ByteBuffer bytes = le(12 + 4 * values.length).putInt(5).putLong(values.length);
        for (int value : values) bytes.putInt(value);
        return raw(key, 9, bytes.array());
    }

    SyntheticGguf flags(String key, boolean... values) {
        ByteBuffer bytes = le(12 + values.length).putInt(7).putLong(values.length);
        for (boolean value : values) bytes.put((byte) (value ? 1 : 0));
        return raw(key, 9, bytes.array());
    }

    SyntheticGguf texts(String key, String... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(le(12).putInt(8).putLong(values.length).array());
        for (String value : values) bytes.writeBytes(bytesOf(value));
        return raw(key, 9, bytes.toByteArray());
    }

    SyntheticGguf raw(String key, int type, byte[] value) {
        metadata.put(key, new Typed(type, value));
        return this;
    }

    SyntheticGguf without(String key) {
        metadata.remove(key);
        return this;
    }

    SyntheticGguf tensor(String name, TensorType type, long... dimensions) {
        long elements = 1;
        for (long dimension : dimensions) elements *= dimension;
        return tensor(name, type.id(), type.bytesOfRow(elements), dimensions);
    }

    SyntheticGguf tensor(String name, int type, long bytes, long... dimensions) {
        tensors.add(new Tensor(name, type, bytes, dimensions));
        return this;
    }

    /** The smallest language model that a header can describe. */
    static SyntheticGguf tiny() {
        return model("llama", 64, 2, 4, 2, 16, 128, 10, 512)
                .text("general.name", "Tiny")
                .tensor("token_embd.weight", TensorType.Q8_0, 64, 10)
                .tensor("output_norm.weight", TensorType.F32, 64);
    }

    /** The metadata of a model of this shape, without tensors. */
    static SyntheticGguf model(
            String architecture,
            int embedding,
            int layers,
            int heads,
            int kvHeads,
            int headLength,
            int feedForward,
            int vocabulary,
            int context) {
        return new SyntheticGguf()
                .text("general.architecture", architecture)
                .u32(architecture + ".context_length", context)
                .u32(architecture + ".embedding_length", embedding)
                .u32(architecture + ".block_count", layers)
                .u32(architecture + ".feed_forward_length", feedForward)
                .u32(architecture + ".attention.head_count", heads)
                .u32(architecture + ".attention.head_count_kv", kvHeads)
                .u32(architecture + ".attention.key_length", headLength)
                .u32(architecture + ".attention.value_length", headLength)
                .u32(architecture + ".vocab_size", vocabulary);
    }

    byte[] header() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(le(20).putInt(version)
                .putLong(tensors.size())
                .putLong(metadata.size())
                .array());
        metadata.forEach((key, value) -> {
            out.writeBytes(bytesOf(key));
            out.writeBytes(le(4).putInt(value.type()).array());
            out.writeBytes(value.bytes());
        });
        long offset = 0;
        for (Tensor tensor : tensors) {
            out.writeBytes(bytesOf(tensor.name()));
            ByteBuffer info = le(4 + 8 * tensor.dimensions().length + 12).putInt(tensor.dimensions().length);
            for (long dimension : tensor.dimensions()) info.putLong(dimension);
            out.writeBytes(info.putInt(tensor.type()).putLong(offset).array());
            offset += padded(tensor.bytes());
        }
        return out.toByteArray();
    }

    /** Bytes of the whole file, from the header to the end of the last tensor. */
    long fileBytes() {
        long data = 0;
        for (int i = 0; i < tensors.size(); i++)
            data += i < tensors.size() - 1
                    ? padded(tensors.get(i).bytes())
                    : tensors.get(i).bytes();
        return padded(header().length) + data;
    }

    /** The file as a reader sees it; the weights are zeros that take no memory. */
    HeaderChannel channel() {
        return new HeaderChannel(header(), fileBytes());
    }

    GgufFacts facts() throws GgufException {
        return GgufReader.read(channel(), GgufLimits.STANDARD);
    }

    private long padded(long bytes) {
        return Math.ceilDiv(bytes, (long) alignment) * alignment;
    }

    static byte[] bytesOf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return le(8 + bytes.length).putLong(bytes.length).put(bytes).array();
    }

    static ByteBuffer le(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
