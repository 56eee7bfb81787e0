package com.peerllm.host.engine.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Takes llama.cpp's warnings and errors to the worker's log, and remembers the first error for a sentence about a failed load. */
final class NativeLog {
    /** {@code ggml_log_level}: 0 none, 1 debug, 2 info, 3 warn, 4 error, 5 continues the line before. */
    private static final int WARN = 3;

    private static final int ERROR = 4;
    private static final int LONGEST_REMEMBERED = 300;

    private final PrintStream log;
    private volatile String firstError = "";

    private NativeLog(PrintStream log) {
        this.log = log;
    }

    /** Replaces llama.cpp's own logging to standard error for as long as the arena lives. */
    static NativeLog install(NativeLibrary library, Arena arena, PrintStream log) {
        NativeLog nativeLog = new NativeLog(log);
        MethodHandle set = library.procedure("llama_log_set", ADDRESS, ADDRESS);
        NativeCalls.call(() -> {
            MethodHandle receive = MethodHandles.lookup()
                    .findVirtual(
                            NativeLog.class,
                            "receive",
                            MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class))
                    .bindTo(nativeLog);
            MemorySegment callback =
                    library.callback(receive, FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS), arena);
            set.invokeExact(callback, MemorySegment.NULL);
            return null;
        });
        return nativeLog;
    }

    /** llama.cpp's first complaint, which is the most exact one; empty if it had none. */
    String firstError() {
        return firstError;
    }

    private void receive(int level, MemorySegment text, MemorySegment userData) {
        if (level != WARN && level != ERROR) return;
        String line = NativeCalls.text(text).strip();
        log.println("llama.cpp: " + line);
        if (level == ERROR && firstError.isEmpty())
            firstError = line.substring(0, Math.min(line.length(), LONGEST_REMEMBERED));
    }
}
