package com.peerllm.host.kernel;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alarms of real time, all rung by one thread. */
public final class ThreadAlarms implements Alarms, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ThreadAlarms.class);

    private final ScheduledThreadPoolExecutor executor;

    public ThreadAlarms(ThreadFactory threads) {
        executor = new ScheduledThreadPoolExecutor(1, threads);
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRejectedExecutionHandler((task, closed) -> log.debug("An alarm was set after the end; not rung"));
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
        ScheduledFuture<?> waiting = executor.schedule(() -> ring(action), delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> waiting.cancel(false);
    }

    private static void ring(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("What an alarm started failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
