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

/** llama.cpp's context: the keys and values of every sequence, and the step that computes more of them. For one thread. */
final class InferenceContext {

    /** The most tokens that one step takes; llama.cpp computes it in pieces of its physical batch. */
    static final int MOST_TOKENS_PER_STEP = 512;

    private final MemorySegment handle;
    private final MemorySegment memory;
    private final MethodHandle decode;
    private final MethodHandle removeTokens;
    private final MethodHandle copyTokens;
    private final MethodHandle synchronize;
    private final MethodHandle free;
    private final MethodHandle logits;
    private final int contextPerSequence;
    private final ThreadShare threads;
    private volatile long steps;

    private InferenceContext(NativeLibrary library, MemorySegment handle) {
        this.handle = handle;
        MethodHandle getMemory = library.function("llama_get_memory", ADDRESS, ADDRESS);
        memory = NativeCalls.call(() -> (MemorySegment) getMemory.invokeExact(handle));
        decode = library.function("llama_decode", JAVA_INT, ADDRESS, BATCH);
        removeTokens = library.function("llama_memory_seq_rm", JAVA_BYTE, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
        copyTokens = library.procedure("llama_memory_seq_cp", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        synchronize = library.procedure("llama_synchronize", ADDRESS);
        threads = new ThreadShare(library, handle);
        free = library.procedure("llama_free", ADDRESS);
        logits = library.function("llama_get_logits_ith", ADDRESS, ADDRESS, JAVA_INT);
        MethodHandle perSequence = library.function("llama_n_ctx_seq", JAVA_INT, ADDRESS);
        contextPerSequence = NativeCalls.call(() -> (int) perSequence.invokeExact(handle));
    }

    /** Makes the context; its memory is taken here, so this is where a computer that is too small fails. */
    static InferenceContext create(
            NativeLibrary library, Model model, int sequences, int contextPerSequence, int threads, int microBatch) {
        MethodHandle defaults = library.function("llama_context_default_params", CONTEXT_PARAMS);
        MethodHandle init = library.function("llama_init_from_model", ADDRESS, ADDRESS, CONTEXT_PARAMS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment guarded = Model.guarded(arena, CONTEXT_PARAMS.byteSize());
            MemorySegment params = NativeCalls.call(
                    () -> (MemorySegment) defaults.invokeExact((SegmentAllocator) (size, align) -> guarded));
            LayoutCheck.checkContextParams(guarded);
            setInt(params, "n_ctx", Math.multiplyExact(sequences, contextPerSequence));
            setInt(params, "n_batch", MOST_TOKENS_PER_STEP);
            setInt(params, "n_ubatch", microBatch);
            setInt(params, "n_seq_max", sequences);
            // A step asks for one distribution of each sequence at most. Without this llama.cpp reserves a row of the
            // whole
            // vocabulary for every token of a step: 300 MB for a vocabulary of 150,000.
            setInt(params, "n_outputs_max", sequences);
            setInt(params, "n_threads", threads);
            setInt(params, "n_threads_batch", threads);
            MemorySegment context = NativeCalls.call(() -> (MemorySegment) init.invokeExact(model.handle(), params));
            if (context.address() == 0)
                throw new EngineException(
                        EngineErrorCode.NOT_ENOUGH_MEMORY,
                        "There is not enough memory for a context of " + sequences + " x " + contextPerSequence
                                + " tokens. Choose a shorter context, fewer slots or a smaller model.");
            return new InferenceContext(library, context);
        }
    }

    private static void setInt(MemorySegment params, String field, int value) {
        params.set(JAVA_INT, LlamaLayouts.offset(CONTEXT_PARAMS, field), value);
    }

    MemorySegment handle() {
        return handle;
    }

    /** Tokens that one sequence can hold; llama.cpp may round up what was asked for. */
    int contextPerSequence() {
        return contextPerSequence;
    }

    /** Computes one step. 0 is success; anything else left some or none of the batch in memory. */
    int decode(TokenBatch batch) {
        threads.take();
        MemorySegment struct = batch.struct();
        int result = NativeCalls.call(() -> (int) decode.invokeExact(handle, struct));
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

    /** What the last step says about every token of the vocabulary at this index; valid until the next step. */
    MemorySegment logits(int batchIndex, int vocabularySize) {
        MemorySegment row = NativeCalls.call(() -> (MemorySegment) logits.invokeExact(handle, batchIndex));
        if (row.address() == 0) throw new IllegalStateException("The step has no distribution at " + batchIndex);
        return NativeCalls.floats(row, vocabularySize);
    }

    /** The model's distribution after the token at an index of the last step that asked for it, one number for each id. */
    void readLogits(int batchIndex, float[] into) {
        MemorySegment.copy(logits(batchIndex, into.length), JAVA_FLOAT, 0, into, 0, into.length);
    }

    /** Forgets a sequence from a position on; false when this kind of model can only forget whole sequences. */
    boolean forgetFrom(int sequence, int position) {
        return NativeCalls.call(() -> (byte) removeTokens.invokeExact(memory, sequence, position, -1) != 0);
    }

    /**
     * Copies a whole sequence over another one, which is lost; llama.cpp cannot copy less between caches that are apart. It moves
     * the data at the beginning of the next step, in the order of the calls, and as much as a slot can hold, however little is
     * in it.
     */
    void copy(int from, int to) {
        NativeCalls.call(() -> {
            copyTokens.invokeExact(memory, from, to, -1, -1);
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
            synchronize.invokeExact(handle);
            return null;
        });
    }

    /** Gives the memory back; nothing may be computed afterwards. */
    void free() {
        NativeCalls.call(() -> {
            free.invokeExact(handle);
            return null;
        });
    }

    void forget(int sequence) {
        forgetFrom(sequence, -1);
    }
}
