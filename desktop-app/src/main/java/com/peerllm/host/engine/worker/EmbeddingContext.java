package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.LlamaLayouts.BATCH;
import static com.peerllm.host.engine.worker.LlamaLayouts.CONTEXT_PARAMS;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;

/**
 * llama.cpp's context for embeddings: computes whole texts, several in one step, and remembers nothing from one step to the next.
 * For one thread.
 *
 * <p>A text must be computed in one physical batch: an encoder looks forwards too, and a mean over half a text is another number.
 * So the batch is as long as the longest text, and the texts of a step share one cache: with a cache for each, llama.cpp would cut
 * them into pieces of equal length.
 */
final class EmbeddingContext {
    /** Texts of one step; llama.cpp plans its memory for so many. */
    static final int MOST_TEXTS_PER_STEP = 64;

    /** More tokens make no step faster, and the room for attention grows with their square. A longer text goes alone. */
    static final int USUAL_TOKENS_PER_STEP = 512;

    /** Flash attention adds up in 16 bits: the same text would have another vector beside other texts. */
    private static final int NO_FLASH_ATTENTION = 0;

    private final MemorySegment handle;
    private final MemorySegment memory;
    private final MethodHandle decode;
    private final MethodHandle clearMemory;
    private final MethodHandle pooled;
    private final int dimensions;
    private final ThreadShare threads;
    private volatile long steps;

    private EmbeddingContext(NativeLibrary library, MemorySegment handle, int dimensions) {
        this.handle = handle;
        this.dimensions = dimensions;
        threads = new ThreadShare(library, handle);
        MethodHandle getMemory = library.function("llama_get_memory", ADDRESS, ADDRESS);
        memory = NativeCalls.call(() -> (MemorySegment) getMemory.invokeExact(handle));
        decode = library.function("llama_decode", JAVA_INT, ADDRESS, BATCH);
        clearMemory = library.procedure("llama_memory_clear", ADDRESS, JAVA_BYTE);
        pooled = library.function("llama_get_embeddings_seq", ADDRESS, ADDRESS, JAVA_INT);
    }

    /** Makes the context; its memory is taken here, so this is where a computer that is too small fails. */
    static EmbeddingContext create(NativeLibrary library, Model model, int longestText, int threads) {
        MethodHandle defaults = library.function("llama_context_default_params", CONTEXT_PARAMS);
        MethodHandle init = library.function("llama_init_from_model", ADDRESS, ADDRESS, CONTEXT_PARAMS);
        int tokens = tokensPerStep(longestText);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment guarded = Model.guarded(arena, CONTEXT_PARAMS.byteSize());
            MemorySegment params = NativeCalls.call(
                    () -> (MemorySegment) defaults.invokeExact((SegmentAllocator) (size, align) -> guarded));
            LayoutCheck.checkContextParams(guarded);
            setInt(params, "n_ctx", tokens);
            setInt(params, "n_batch", tokens);
            setInt(params, "n_ubatch", tokens);
            setInt(params, "n_seq_max", MOST_TEXTS_PER_STEP);
            setInt(params, "n_threads", threads);
            setInt(params, "n_threads_batch", threads);
            setInt(params, "flash_attn_type", NO_FLASH_ATTENTION);
            params.set(JAVA_BYTE, LlamaLayouts.offset(CONTEXT_PARAMS, "embeddings"), (byte) 1);
            params.set(JAVA_BYTE, LlamaLayouts.offset(CONTEXT_PARAMS, "kv_unified"), (byte) 1);
            MemorySegment context = NativeCalls.call(() -> (MemorySegment) init.invokeExact(model.handle(), params));
            if (context.address() == 0)
                throw new EngineException(
                        EngineErrorCode.NOT_ENOUGH_MEMORY,
                        "There is not enough memory for texts of " + longestText
                                + " tokens. Choose a shorter context or a smaller model.");
            return new EmbeddingContext(library, context, model.embeddingDimensions());
        }
    }

    /**
     * The most tokens that one step can take: room for the longest text, in whole multiples of the texts of a step. With another
     * number llama.cpp v0.5.0 ends the process while it plans the memory of a model with a mean.
     */
    static int tokensPerStep(int longestText) {
        int texts = Math.ceilDiv(Math.max(USUAL_TOKENS_PER_STEP, longestText), MOST_TEXTS_PER_STEP);
        return Math.multiplyExact(texts, MOST_TEXTS_PER_STEP);
    }

    private static void setInt(MemorySegment params, String field, int value) {
        params.set(JAVA_INT, LlamaLayouts.offset(CONTEXT_PARAMS, field), value);
    }

    MemorySegment handle() {
        return handle;
    }

    int dimensions() {
        return dimensions;
    }

    /** Computes the texts of a batch, each a sequence of its own; 0 is success. llama.cpp passes encoders on by itself. */
    int compute(TokenBatch batch) {
        threads.take();
        MemorySegment struct = batch.struct();
        int result = NativeCalls.call(() -> {
            if (memory.address() != 0) clearMemory.invokeExact(memory, (byte) 0);
            return (int) decode.invokeExact(handle, struct);
        });
        steps++;
        return result;
    }

    /** How many threads its steps take. */
    ThreadShare threads() {
        return threads;
    }

    /** Steps computed since the start: how the parent sees that the loop goes on. For any thread. */
    long steps() {
        return steps;
    }

    /** The vector of a sequence of the last step, as the model made it. */
    @SuppressWarnings("restricted") // see NativeLibrary: the pointer comes without its length
    float[] vector(int sequence) {
        MemorySegment numbers = NativeCalls.call(() -> (MemorySegment) pooled.invokeExact(handle, sequence));
        if (numbers.address() == 0) throw new IllegalStateException("A computed text has no vector");
        return numbers.reinterpret((long) Float.BYTES * dimensions).toArray(JAVA_FLOAT);
    }
}
