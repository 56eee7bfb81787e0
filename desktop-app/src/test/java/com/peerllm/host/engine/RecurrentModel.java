package com.peerllm.host.engine;

import com.peerllm.shared.gguf.RewrittenModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Writes a small Mamba model with random weights and the starter model's vocabulary: the kind of model that keeps a state instead
 * of every token's data. Its answers have no sense.
 */
final class RecurrentModel {
    private static final int WIDTH = 64;
    private static final int INNER = 2 * WIDTH;
    private static final int STATE = 16;
    private static final int RANK = 4;
    private static final int CONVOLUTION = 4;
    private static final int LAYERS = 2;
    private static final int VOCABULARY = 1024;
    private static final int UINT32 = 4;
    private static final int FLOAT32 = 6;
    private static final int STRING = 8;

    private final ByteBuffer out = ByteBuffer.allocate(4 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private final Random random = new Random(9);
    private final List<float[]> data = new ArrayList<>();
    private long offset;

    private RecurrentModel() {}

    /** @param tokenizer a GGUF file whose {@code tokenizer.} facts are taken over */
    static Path write(Path tokenizer, Path file) {
        try {
            return Files.write(file, new RecurrentModel().bytes(RewrittenModel.facts(tokenizer, "tokenizer.")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(List<byte[]> tokenizer) {
        out.putInt(0x46554747).putInt(3).putLong(2 + 10L * LAYERS).putLong(11L + tokenizer.size());
        fact("general.architecture", STRING);
        text("mamba");
        number("mamba.context_length", 768);
        number("mamba.embedding_length", WIDTH);
        number("mamba.feed_forward_length", 0);
        number("mamba.attention.head_count", 0);
        number("mamba.block_count", LAYERS);
        number("mamba.ssm.conv_kernel", CONVOLUTION);
        number("mamba.ssm.inner_size", INNER);
        number("mamba.ssm.state_size", STATE);
        number("mamba.ssm.time_step_rank", RANK);
        fact("mamba.attention.layer_norm_rms_epsilon", FLOAT32);
        out.putFloat(1e-5f);
        tokenizer.forEach(out::put);
        tensor("token_embd.weight", 1, 0, WIDTH, VOCABULARY);
        tensor("output_norm.weight", 0, 1, WIDTH);
        for (int i = 0; i < LAYERS; i++) layer("blk." + i + ".");
        align();
        for (float[] values : data) {
            for (float value : values) out.putFloat(value);
            align();
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private void layer(String name) {
        tensor(name + "attn_norm.weight", 0, 1, WIDTH);
        tensor(name + "ssm_in.weight", 0.2f, 0, WIDTH, 2 * INNER);
        tensor(name + "ssm_conv1d.weight", 0.5f, 0, CONVOLUTION, INNER);
        tensor(name + "ssm_conv1d.bias", 0.1f, 0, INNER);
        tensor(name + "ssm_x.weight", 0.2f, 0, INNER, RANK + 2 * STATE);
        tensor(name + "ssm_dt.weight", 0.2f, 0, RANK, INNER);
        tensor(name + "ssm_dt.bias", 0.1f, -2, INNER);
        tensor(name + "ssm_a", 0.1f, -0.5f, STATE, INNER);
        tensor(name + "ssm_d", 0.1f, 1, INNER);
        tensor(name + "ssm_out.weight", 0.3f, 0, INNER, WIDTH);
    }

    private void tensor(String name, float spread, float middle, int... shape) {
        text(name);
        out.putInt(shape.length);
        int count = 1;
        for (int length : shape) {
            out.putLong(length);
            count *= length;
        }
        out.putInt(0).putLong(offset);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = middle + spread * (float) random.nextGaussian();
        data.add(values);
        offset += (4L * count + 31) / 32 * 32;
    }

    private void number(String key, int value) {
        fact(key, UINT32);
        out.putInt(value);
    }

    private void fact(String key, int type) {
        text(key);
        out.putInt(type);
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.putLong(utf8.length).put(utf8);
    }

    private void align() {
        while (out.position() % 32 != 0) out.put((byte) 0);
    }
}
