package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.LlamaLayouts.MODEL_PARAMS;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.shared.gguf.Pooling;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A loaded model: its weights, its facts and what its GGUF file says about itself. It lives as long as the process. */
final class Model {
    /**
     * A list that ends before it begins: without layers on a GPU, llama.cpp would still give it the large products of prompts, and
     * would start its driver, which may be what just failed.
     */
    private static final MemorySegment NO_DEVICES = Arena.global().allocate(ADDRESS);

    private static final int LONGEST_SHORT_TEXT = 512;

    private final NativeLibrary library;
    private final MemorySegment handle;

    private Model(NativeLibrary library, MemorySegment handle) {
        this.library = library;
        this.handle = handle;
    }

    /**
     * Loads a GGUF file.
     *
     * @param gpuLayers layers to put on a GPU, negative for all
     */
    static Model load(NativeLibrary library, NativeLog log, Path file, int gpuLayers) {
        MethodHandle defaults = library.function("llama_model_default_params", MODEL_PARAMS);
        MethodHandle load = library.function("llama_model_load_from_file", ADDRESS, ADDRESS, MODEL_PARAMS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment guarded = guarded(arena, MODEL_PARAMS.byteSize());
            MemorySegment params = NativeCalls.call(
                    () -> (MemorySegment) defaults.invokeExact((SegmentAllocator) (size, align) -> guarded));
            LayoutCheck.checkModelParams(guarded);
            params.set(JAVA_INT, LlamaLayouts.offset(MODEL_PARAMS, "n_gpu_layers"), gpuLayers);
            if (gpuLayers == 0) params.set(ADDRESS, LlamaLayouts.offset(MODEL_PARAMS, "devices"), NO_DEVICES);
            MemorySegment path = NativeCalls.utf8(arena, file.toString());
            MemorySegment model = NativeCalls.call(() -> (MemorySegment) load.invokeExact(path, params));
            if (model.address() == 0) throw broken(file, log.firstError());
            return new Model(library, model);
        }
    }

    /** Space for a struct with guard bytes behind it, see {@link LayoutCheck}. */
    static MemorySegment guarded(Arena arena, long structBytes) {
        return arena.allocate(structBytes + LayoutCheck.GUARD_BYTES, 16).fill(LayoutCheck.GUARD);
    }

    MemorySegment handle() {
        return handle;
    }

    String description() {
        MethodHandle desc = library.function("llama_model_desc", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(LONGEST_SHORT_TEXT);
            NativeCalls.call(() -> (int) desc.invokeExact(handle, buffer, (long) LONGEST_SHORT_TEXT));
            return buffer.getString(0, StandardCharsets.UTF_8);
        }
    }

    /** A short value from the GGUF's own data, such as {@code general.architecture}. */
    Optional<String> meta(String key) {
        MethodHandle meta =
                library.function("llama_model_meta_val_str", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(LONGEST_SHORT_TEXT);
            MemorySegment name = NativeCalls.utf8(arena, key);
            int length =
                    NativeCalls.call(() -> (int) meta.invokeExact(handle, name, buffer, (long) LONGEST_SHORT_TEXT));
            return length < 0 ? Optional.empty() : Optional.of(buffer.getString(0, StandardCharsets.UTF_8));
        }
    }

    /** The chat template of the GGUF file, as Jinja source. */
    Optional<String> chatTemplate() {
        MethodHandle template = library.function("llama_model_chat_template", ADDRESS, ADDRESS, ADDRESS);
        MemorySegment text = NativeCalls.call(() -> (MemorySegment) template.invokeExact(handle, MemorySegment.NULL));
        return text.address() == 0 ? Optional.empty() : Optional.of(NativeCalls.text(text));
    }

    long parameters() {
        return number("llama_model_n_params");
    }

    long sizeBytes() {
        return number("llama_model_size");
    }

    int contextTrained() {
        MethodHandle context = library.function("llama_model_n_ctx_train", JAVA_INT, ADDRESS);
        return NativeCalls.call(() -> (int) context.invokeExact(handle));
    }

    /** llama.cpp's name for the kind of network, such as {@code qwen2}. */
    String architecture() {
        return meta("general.architecture").orElse("unknown");
    }

    /** How the file says that one vector is made of the vectors of all tokens. */
    Pooling pooling() {
        String number = meta(architecture() + ".pooling_type").orElse("0");
        for (Pooling pooling : Pooling.values())
            if (Integer.toString(pooling.ordinal()).equals(number)) return pooling;
        return Pooling.NONE;
    }

    /** Length of the vectors that it makes. */
    int embeddingDimensions() {
        MethodHandle read = library.function("llama_model_n_embd_out", JAVA_INT, ADDRESS);
        return NativeCalls.call(() -> (int) read.invokeExact(handle));
    }

    /** Whether it has both halves, as models that translate do. */
    boolean encodesAndDecodes() {
        return has("llama_model_has_decoder") && has("llama_model_has_encoder");
    }

    private boolean has(String question) {
        MethodHandle ask = library.function(question, JAVA_BYTE, ADDRESS);
        return NativeCalls.call(() -> (byte) ask.invokeExact(handle) != 0);
    }

    /** Whether the model makes text; an embedding model with an encoder only does not. */
    boolean generates() {
        return has("llama_model_has_decoder") && !has("llama_model_has_encoder");
    }

    /** Whether a sequence can be cut off at any place; a model that keeps a state instead of every token's data cannot. */
    boolean forgetsParts() {
        MethodHandle recurrent = library.function("llama_model_is_recurrent", JAVA_BYTE, ADDRESS);
        MethodHandle hybrid = library.function("llama_model_is_hybrid", JAVA_BYTE, ADDRESS);
        return NativeCalls.call(
                () -> (byte) recurrent.invokeExact(handle) == 0 && (byte) hybrid.invokeExact(handle) == 0);
    }

    private long number(String function) {
        MethodHandle read = library.function(function, JAVA_LONG, ADDRESS);
        return NativeCalls.call(() -> (long) read.invokeExact(handle));
    }

    private static EngineException broken(Path file, String firstError) {
        String reason = firstError.isEmpty() ? "" : " (llama.cpp says: " + firstError + ")";
        return new EngineException(
                EngineErrorCode.MODEL_BROKEN,
                "The model file " + file.getFileName() + " cannot be loaded" + reason
                        + ". Download it again or choose another.");
    }
}
