package com.peerllm.host.engine.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** llama.cpp's context: the keys and values of every sequence, and the step that computes more of them. For one thread. */
final class InferenceContext {

    /** The most tokens that one step takes; llama.cpp computes it in pieces of its physical batch. */
    static final int MOST_TOKENS_PER_STEP = 512;

    private final LlamaContext context;
    private final MethodHandle removeTokens;
    private final MethodHandle copyTokens;
    private final MethodHandle synchronize;
    private final MethodHandle free;
    private final MethodHandle logits;
    private final int contextPerSequence;

    private InferenceContext(NativeLibrary library, LlamaContext context) {
        this.context = context;
        removeTokens = library.function("llama_memory_seq_rm", JAVA_BYTE, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
        copyTokens = library.procedure("llama_memory_seq_cp", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        synchronize = library.procedure("llama_synchronize", ADDRESS);
        free = library.procedure("llama_free", ADDRESS);
        logits = library.function("llama_get_logits_ith", ADDRESS, ADDRESS, JAVA_INT);
        MethodHandle perSequence = library.function("llama_n_ctx_seq", JAVA_INT, ADDRESS);
        contextPerSequence = NativeCalls.call(() -> (int) perSequence.invokeExact(context.handle()));
    }

    /** Makes the context; its memory is taken here, so this is where a computer that is too small fails. */
    static InferenceContext create(
            NativeLibrary library, Model model, int sequences, int contextPerSequence, int threads, int microBatch) {
        String tooLittleMemory = "There is not enough memory for a context of " + sequences + " x " + contextPerSequence
                + " tokens. Choose a shorter context, fewer slots or a smaller model.";
        LlamaContext made = LlamaContext.create(
                library,
                model,
                threads,
                params -> {
                    params.number("n_ctx", Math.multiplyExact(sequences, contextPerSequence));
                    params.number("n_batch", MOST_TOKENS_PER_STEP);
                    params.number("n_ubatch", microBatch);
                    params.number("n_seq_max", sequences);
                    // A step asks for one distribution of each sequence at most. Without this llama.cpp reserves a row
                    // of
                    // the whole vocabulary for every token of a step: 300 MB for a vocabulary of 150,000.
                    params.number("n_outputs_max", sequences);
                },
                tooLittleMemory);
        return new InferenceContext(library, made);
    }

    MemorySegment handle() {
        return context.handle();
    }

    /** Tokens that one sequence can hold; llama.cpp may round up what was asked for. */
    int contextPerSequence() {
        return contextPerSequence;
    }

    /** See {@link LlamaContext#decode}. */
    int decode(TokenBatch batch) {
        return context.decode(batch);
    }

    ThreadShare threads() {
        return context.threads();
    }

    /** See {@link LlamaContext#steps}. */
    long steps() {
        return context.steps();
    }

    /** What the last step says about every token of the vocabulary at this index; valid until the next step. */
    MemorySegment logits(int batchIndex, int vocabularySize) {
        MemorySegment row = NativeCalls.call(() -> (MemorySegment) logits.invokeExact(context.handle(), batchIndex));
        if (row.address() == 0) throw new IllegalStateException("The step has no distribution at " + batchIndex);
        return NativeCalls.floats(row, vocabularySize);
    }

    /** The model's distribution after the token at an index of the last step that asked for it, one number for each id. */
    void readLogits(int batchIndex, float[] into) {
        MemorySegment.copy(logits(batchIndex, into.length), JAVA_FLOAT, 0, into, 0, into.length);
    }

    /** Forgets a sequence from a position on; false when this kind of model can only forget whole sequences. */
    boolean forgetFrom(int sequence, int position) {
        return NativeCalls.call(() -> (byte) removeTokens.invokeExact(context.memory(), sequence, position, -1) != 0);
    }

    /**
     * Copies a whole sequence over another one, which is lost; llama.cpp cannot copy less between caches that are apart. It moves
     * the data at the beginning of the next step, in the order of the calls, and as much as a slot can hold, however little is
     * in it.
     */
    void copy(int from, int to) {
        NativeCalls.call(() -> {
            copyTokens.invokeExact(context.memory(), from, to, -1, -1);
            return null;
        });
    }

    /** Moves a whole sequence to the place of an empty one. */
    void move(int from, int to) {
        copy(from, to);
        forget(from);
    }

    /** Waits until a device has computed what it was given. */
    void synchronize() {
        NativeCalls.call(() -> {
            synchronize.invokeExact(context.handle());
            return null;
        });
    }

    /** Gives the memory back; nothing may be computed afterwards. */
    void free() {
        NativeCalls.call(() -> {
            free.invokeExact(context.handle());
            return null;
        });
    }

    void forget(int sequence) {
        forgetFrom(sequence, -1);
    }
}
