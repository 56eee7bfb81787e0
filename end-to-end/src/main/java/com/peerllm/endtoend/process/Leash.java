package com.peerllm.endtoend.process;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs another main class, and ends it when the process that started it is gone, however that ended.
 *
 * <p>Standard input is a pipe whose other end only the starter holds. The operating system closes it when the starter
 * dies, by {@code kill -9} too, so nothing has to be cleaned up by anyone.
 */
final class Leash {
    private static final int ENDED_WITH_STARTER = 143;
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

    private Leash() {}

    /** @param args the main class and its arguments */
    public static void main(String[] args) throws Throwable {
        Thread.ofPlatform().daemon().name("leash").start(Leash::endWithStarter);
        Class<?> program = Class.forName(args[0]);
        MethodHandles.publicLookup()
                .findStatic(program, "main", MethodType.methodType(void.class, String[].class))
                .invoke(Arrays.copyOfRange(args, 1, args.length));
    }

    private static void endWithStarter() {
        try {
            while (System.in.read() >= 0) continue;
        } catch (IOException e) {
            // A broken pipe is the end of the starter as much as a closed one.
        }
        Thread.ofPlatform().daemon().name("leash-halt").start(() -> {
            LockSupport.parkNanos(LONGEST_GOODBYE.toNanos());
            Runtime.getRuntime().halt(ENDED_WITH_STARTER);
        });
        System.exit(ENDED_WITH_STARTER);
    }
}
