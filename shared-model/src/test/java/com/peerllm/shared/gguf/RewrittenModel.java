package com.peerllm.shared.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a copy of a GGUF model with other facts in its header: another chat template, context length or pooling type. The
 * weights stay, so that tests drive the real engine.
 */
public final class RewrittenModel {
    private static final int MAGIC = 0x46554747; // "GGUF", little-endian
    private static final int DEFAULT_ALIGNMENT = 32;
    private static final int UINT32 = 4;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, -1, -1, 8, 8, 8};

    private final byte[] original;
    private final Map<String, byte[]> changes = new LinkedHashMap<>();

    private RewrittenModel(byte[] original) {
        this.original = original;
    }

    public static RewrittenModel of(Path model) {
        try {
            return new RewrittenModel(Files.readAllBytes(model));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RewrittenModel withTemplate(String jinja) {
        return with("tokenizer.chat_template", jinja);
    }

    public RewrittenModel with(String key, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return put(key, STRING, little(8 + text.length).putLong(text.length).put(text));
    }

    public RewrittenModel with(String key, int value) {
        return put(key, UINT32, little(4).putInt(value));
    }

    public RewrittenModel with(String key, boolean value) {
        return put(key, BOOL, little(1).put((byte) (value ? 1 : 0)));
    }

    private RewrittenModel put(String key, int type, ByteBuffer value) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        changes.put(
                key,
                little(12 + name.length + value.capacity())
                        .putLong(name.length)
                        .put(name)
                        .putInt(type)
                        .put(value.array())
                        .array());
        return this;
    }

    /** Writes the changed copy and gives its path. */
    public Path to(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes() {
        ByteBuffer in = ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt() != MAGIC) throw new IllegalArgumentException("Not a GGUF file");
        int version = in.getInt();
        long tensors = in.getLong();
        long facts = in.getLong();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long count = changes.size();
        for (long i = 0; i < facts; i++) {
            int start = in.position();
            String key = text(in);
            skip(in, in.getInt());
            if (changes.containsKey(key)) continue;
            kept.write(original, start, in.position() - start);
            count++;
        }
        changes.values().forEach(kept::writeBytes);
        int tensorsStart = in.position();
        for (long i = 0; i < tensors; i++) {
            text(in);
            int dimensions = in.getInt();
            in.position(in.position() + 8 * dimensions + 4 + 8);
        }
        int tensorsEnd = in.position();
        ByteArrayOutputStream out = new ByteArrayOutputStream(original.length);
        out.writeBytes(little(24)
                .putInt(MAGIC)
                .putInt(version)
                .putLong(tensors)
                .putLong(count)
                .array());
        out.writeBytes(kept.toByteArray());
        out.write(original, tensorsStart, tensorsEnd - tensorsStart);
        while (out.size() % DEFAULT_ALIGNMENT != 0) out.write(0);
        int data = (tensorsEnd + DEFAULT_ALIGNMENT - 1) / DEFAULT_ALIGNMENT * DEFAULT_ALIGNMENT;
        out.write(original, data, original.length - data);
        return out.toByteArray();
    }

    /** The facts of a model's header whose names begin like this, each as it stands in the file. */
    public static List<byte[]> facts(Path model, String beginning) {
        byte[] original = of(model).original;
        ByteBuffer in = ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).position(16);
        List<byte[]> found = new ArrayList<>();
        for (long left = in.getLong(); left > 0; left--) {
            int start = in.position();
            String key = text(in);
            skip(in, in.getInt());
            if (key.startsWith(beginning)) found.add(Arrays.copyOfRange(original, start, in.position()));
        }
        return found;
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Math.toIntExact(in.getLong())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void skip(ByteBuffer in, int type) {
        if (type == STRING) {
            text(in);
        } else if (type == ARRAY) {
            int element = in.getInt();
            long length = in.getLong();
            for (long i = 0; i < length; i++) skip(in, element);
        } else {
            in.position(in.position() + SIZES[type]);
        }
    }

    private static ByteBuffer little(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
}
