package com.peerllm.host.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A GGUF file that says it holds a model far too big for any computer, and takes no disk: its weights are a hole. */
final class HugeModel {
    private static final int TEXT = 8;
    private static final int NUMBER = 4;
    private static final int F16 = 1;
    private static final long WIDTH = 1L << 20;

    private final ByteArrayOutputStream header = new ByteArrayOutputStream();

    private HugeModel() {}

    static Path write(Path file) throws IOException {
        HugeModel model = new HugeModel();
        model.header.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        model.i32(3).i64(1).i64(7);
        model.text("general.architecture").i32(TEXT).text("llama");
        model.number("llama.block_count", 1).number("llama.context_length", 4096);
        model.number("llama.embedding_length", 64).number("llama.attention.head_count", 1);
        model.number("llama.feed_forward_length", 64).number("llama.vocab_size", 1000);
        model.text("token_embd.weight").i32(2).i64(WIDTH).i64(WIDTH).i32(F16).i64(0);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(model.header.toByteArray());
            out.setLength(2 * WIDTH * WIDTH + 4096);
        }
        return file;
    }

    private HugeModel number(String key, int value) {
        return text(key).i32(NUMBER).i32(value);
    }

    private HugeModel text(String text) {
        i64(text.length());
        header.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private HugeModel i32(int value) {
        header.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    private HugeModel i64(long value) {
        header.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
        return this;
    }
}
