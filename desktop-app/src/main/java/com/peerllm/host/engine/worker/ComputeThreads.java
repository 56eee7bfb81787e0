package com.peerllm.host.engine.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Gives a context threads that live as long as the process. Without them ggml, in the builds we use, starts and ends its threads
 * in every step.
 */
final class ComputeThreads {
    /** {@code ggml_threadpool_params}: a byte for each of 512 processors, then the number of threads, priority, polling, two flags. */
    private static final long PARAMS_BYTES = 528;

    private static final long THREADS_OFFSET = 512;
    private static final int CPU_DEVICE = 0;

    private ComputeThreads() {}

    /** One thread needs no helpers: the decode loop's own computes. */
    static void attach(NativeLibrary library, MemorySegment context, int threads) {
        if (threads == 1) return;
        MemorySegment create = createFunction(library);
        if (create.address() == 0) return;
        MethodHandle init = library.procedure("ggml_threadpool_params_init", ADDRESS, JAVA_INT);
        MethodHandle attach = library.procedure("llama_attach_threadpool", ADDRESS, ADDRESS, ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = Model.guarded(arena, PARAMS_BYTES);
            MethodHandle make = library.at(create, ADDRESS, ADDRESS);
            NativeCalls.call(() -> {
                init.invokeExact(params, threads);
                requireThreads(params, threads);
                MemorySegment pool = (MemorySegment) make.invokeExact(params);
                attach.invokeExact(context, pool, pool);
                return null;
            });
        }
    }

    /** The function lives in the CPU backend, which is loaded at run time. */
    private static MemorySegment createFunction(NativeLibrary library) {
        MethodHandle device = library.function("ggml_backend_dev_by_type", ADDRESS, JAVA_INT);
        MethodHandle registry = library.function("ggml_backend_dev_backend_reg", ADDRESS, ADDRESS);
        MethodHandle address = library.function("ggml_backend_reg_get_proc_address", ADDRESS, ADDRESS, ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = NativeCalls.utf8(arena, "ggml_threadpool_new");
            return NativeCalls.call(() -> {
                MemorySegment cpu = (MemorySegment) device.invokeExact(CPU_DEVICE);
                MemorySegment backend = (MemorySegment) registry.invokeExact(cpu);
                return (MemorySegment) address.invokeExact(backend, name);
            });
        }
    }

    private static void requireThreads(MemorySegment params, int threads) {
        if (params.get(JAVA_INT, THREADS_OFFSET) != threads)
            throw new EngineException(
                    EngineErrorCode.LAYOUT_MISMATCH,
                    "The engine's libraries are of a release that this program does not know (ggml_threadpool_params). Run ./peerllm to fetch the right one.");
    }
}
