package com.peerllm.host.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what it is given one after another on a thread of its own, so that the state behind it needs no locks. */
public final class Mailbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final ExecutorService thread;

    public Mailbox(ThreadFactory threads) {
        thread = Executors.newSingleThreadExecutor(threads);
    }

    /** Runs the action soon; after {@link #close} never. */
    public void post(Runnable action) {
        try {
            thread.execute(() -> run(action));
        } catch (RejectedExecutionException closed) {
            log.debug("A message came after the end; not read");
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("A message could not be handled", e);
        }
    }

    /** Waits for an answer; must not be called from an action of this same mailbox. */
    public <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, thread).join();
    }

    @Override
    public void close() {
        thread.close();
    }
}
