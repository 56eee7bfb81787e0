package com.peerllm.orchestrator;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While it is open, Ctrl-C and SIGTERM interrupt a thread and give it ten seconds to write down where it stands. */
final class EndInOrder implements AutoCloseable {
    private static final int SECONDS = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    EndInOrder(Thread worker) {
        hook = Thread.ofPlatform().unstarted(() -> {
            worker.interrupt();
            try {
                ended.await(SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending: the hook is at work and has just been told.
        }
    }
}
