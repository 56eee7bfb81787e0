package com.peerllm.host.engine.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
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

    private final LlamaContext context;
    private final MethodHandle clearMemory;
    private final MethodHandle pooled;
    private final int dimensions;

    private EmbeddingContext(NativeLibrary library, LlamaContext context, int dimensions) {
        this.context = context;
        this.dimensions = dimensions;
        clearMemory = library.procedure("llama_memory_clear", ADDRESS, JAVA_BYTE);
        pooled = library.function("llama_get_embeddings_seq", ADDRESS, ADDRESS, JAVA_INT);
    }

    /** Makes the context; its memory is taken here, so this is where a computer that is too small fails. */
    static EmbeddingContext create(NativeLibrary library, Model model, int longestText, int threads) {
        int tokens = tokensPerStep(longestText);
        LlamaContext made = LlamaContext.create(
                library,
                model,
                threads,
                params -> {
                    params.number("n_ctx", tokens);
                    params.number("n_batch", tokens);
                    params.number("n_ubatch", tokens);
                    params.number("n_seq_max", MOST_TEXTS_PER_STEP);
                    params.number("flash_attn_type", NO_FLASH_ATTENTION);
                    params.switchOn("embeddings");
                    params.switchOn("kv_unified");
                },
                "There is not enough memory for texts of " + longestText
                        + " tokens. Choose a shorter context or a smaller model.");
        return new EmbeddingContext(library, made, model.embeddingDimensions());
    }

    /**
     * The most tokens that one step can take: room for the longest text, in whole multiples of the texts of a step. With another
     * number llama.cpp v0.5.0 ends the process while it plans the memory of a model with a mean.
     */
    static int tokensPerStep(int longestText) {
        int texts = Math.ceilDiv(Math.max(USUAL_TOKENS_PER_STEP, longestText), MOST_TEXTS_PER_STEP);
        return Math.multiplyExact(texts, MOST_TEXTS_PER_STEP);
    }

    MemorySegment handle() {
        return context.handle();
    }

    int dimensions() {
        return dimensions;
    }

    /** Computes the texts of a batch, each a sequence of its own; 0 is success. llama.cpp passes encoders on by itself. */
    int compute(TokenBatch batch) {
        if (context.memory().address() != 0)
            NativeCalls.call(() -> {
                clearMemory.invokeExact(context.memory(), (byte) 0);
                return null;
            });
        return context.decode(batch);
    }

    ThreadShare threads() {
        return context.threads();
    }

    /** See {@link LlamaContext#steps}. */
    long steps() {
        return context.steps();
    }

    /** The vector of a sequence of the last step, as the model made it. */
    @SuppressWarnings("restricted") // see NativeLibrary: the pointer comes without its length
    float[] vector(int sequence) {
        MemorySegment numbers = NativeCalls.call(() -> (MemorySegment) pooled.invokeExact(context.handle(), sequence));
        if (numbers.address() == 0) throw new IllegalStateException("A computed text has no vector");
        return numbers.reinterpret((long) Float.BYTES * dimensions).toArray(JAVA_FLOAT);
    }
}
