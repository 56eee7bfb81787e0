package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.LlamaLayouts.BATCH;
import static com.peerllm.host.engine.worker.LlamaLayouts.CONTEXT_PARAMS;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.util.function.Consumer;

/** llama.cpp's context as every use of a model needs it: how it is made, its steps and its threads. For one thread. */
final class LlamaContext {
    private final MemorySegment handle;
    private final MemorySegment memory;
    private final MethodHandle decode;
    private final ThreadShare threads;
    private volatile long steps;

    /** The parameters of a context to be made, by their names in llama.cpp. */
    record Params(MemorySegment struct) {
        void number(String field, int value) {
            struct.set(JAVA_INT, LlamaLayouts.offset(CONTEXT_PARAMS, field), value);
        }

        void switchOn(String field) {
            struct.set(JAVA_BYTE, LlamaLayouts.offset(CONTEXT_PARAMS, field), (byte) 1);
        }
    }

    private LlamaContext(NativeLibrary library, MemorySegment handle) {
        this.handle = handle;
        MethodHandle getMemory = library.function("llama_get_memory", ADDRESS, ADDRESS);
        memory = NativeCalls.call(() -> (MemorySegment) getMemory.invokeExact(handle));
        decode = library.function("llama_decode", JAVA_INT, ADDRESS, BATCH);
        threads = new ThreadShare(library, handle);
    }

    /**
     * Makes a context; its memory is taken here, so this is where a computer that is too small fails.
     *
     * @param filling sets what differs from llama.cpp's own defaults and these threads
     * @param tooLittleMemory the sentence for a computer that is too small
     */
    static LlamaContext create(
            NativeLibrary library, Model model, int threads, Consumer<Params> filling, String tooLittleMemory) {
        MethodHandle defaults = library.function("llama_context_default_params", CONTEXT_PARAMS);
        MethodHandle init = library.function("llama_init_from_model", ADDRESS, ADDRESS, CONTEXT_PARAMS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment guarded = Model.guarded(arena, CONTEXT_PARAMS.byteSize());
            MemorySegment struct = NativeCalls.call(
                    () -> (MemorySegment) defaults.invokeExact((SegmentAllocator) (size, align) -> guarded));
            LayoutCheck.checkContextParams(guarded);
            Params params = new Params(struct);
            params.number("n_threads", threads);
            params.number("n_threads_batch", threads);
            filling.accept(params);
            MemorySegment context = NativeCalls.call(() -> (MemorySegment) init.invokeExact(model.handle(), struct));
            if (context.address() == 0) throw new EngineException(EngineErrorCode.NOT_ENOUGH_MEMORY, tooLittleMemory);
            return new LlamaContext(library, context);
        }
    }

    MemorySegment handle() {
        return handle;
    }

    /** Where the keys and values are; the address 0 for a model that keeps none. */
    MemorySegment memory() {
        return memory;
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
}
