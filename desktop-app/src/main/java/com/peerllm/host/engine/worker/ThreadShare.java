package com.peerllm.host.engine.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.IntSupplier;

/** The number of threads that a context computes with, as far as other models leave them to it. For one thread. */
final class ThreadShare {
    private final MemorySegment context;
    private final MethodHandle setThreads;
    private IntSupplier share = () -> 1;
    private int most = 1;
    private int now = 1;

    ThreadShare(NativeLibrary library, MemorySegment context) {
        this.context = context;
        setThreads = library.procedure("llama_set_n_threads", ADDRESS, JAVA_INT, JAVA_INT);
    }

    /**
     * Lets the number of threads follow a share that others set.
     *
     * @param madeWith threads that the context was made with: it never has more
     */
    void follow(int madeWith, IntSupplier newShare) {
        most = madeWith;
        now = madeWith;
        share = newShare;
    }

    /** Takes what the share is now; before each step. */
    void take() {
        int wanted = Math.clamp(share.getAsInt(), 1, most);
        if (wanted == now) return;
        now = wanted;
        NativeCalls.call(() -> {
            setThreads.invokeExact(context, wanted, wanted);
            return null;
        });
    }
}
