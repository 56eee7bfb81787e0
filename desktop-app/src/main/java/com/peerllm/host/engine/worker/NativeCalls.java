package com.peerllm.host.engine.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** What every call into native code needs: strings in and out, and one way to treat what a method handle throws. */
final class NativeCalls {
    private NativeCalls() {}

    /** A call that a method handle makes. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws Throwable;
    }

    /** A native function throws nothing by itself: whatever comes is a defect of ours (a wrong type) or the JVM's end. */
    static <T> T call(Call<T> call) {
        try {
            return call.make();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("A native call failed", e);
        }
    }

    static MemorySegment utf8(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_8);
    }

    /** A C string of unknown length, or an empty text for a null pointer. */
    @SuppressWarnings("restricted") // see NativeLibrary: a C string has no length that Java could check
    static String text(MemorySegment pointer) {
        if (pointer.address() == 0) return "";
        return pointer.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.UTF_8);
    }

    /** An array that native code points to. */
    @SuppressWarnings("restricted") // see NativeLibrary: the caller knows the length from the library itself
    static MemorySegment floats(MemorySegment pointer, int count) {
        return pointer.reinterpret((long) count * Float.BYTES);
    }
}
