package com.peerllm.host.earnings;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.session.BusyTime;
import com.peerllm.host.storage.ComputingTable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down each minute for how long this host computed, so that its electricity is counted and not guessed. */
public final class ComputingBook implements Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(ComputingBook.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final BusyTime busy;
    private final ComputingTable table;
    private final Alarms alarms;
    private final ThreadFactory threads;
    private Alarms.Alarm next = () -> {};
    private boolean running;

    public ComputingBook(BusyTime busy, ComputingTable table, Alarms alarms, ThreadFactory threads) {
        this.busy = busy;
        this.table = table;
        this.alarms = alarms;
        this.threads = threads;
    }

    @Override
    public synchronized void start() {
        running = true;
        await();
    }

    private synchronized void await() {
        if (running)
            next = alarms.after(
                    INTERVAL, () -> threads.newThread(this::writeAndAwait).start());
    }

    private void writeAndAwait() {
        write();
        await();
    }

    /** What cannot be written is lost, and only makes the electricity look cheaper by a minute. */
    private synchronized void write() {
        Map<LocalDate, Duration> more = busy.take();
        if (more.isEmpty()) return;
        try {
            table.add(more);
        } catch (RuntimeException e) {
            log.warn("computing_time_not_written", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (!running) return;
        running = false;
        next.cancel();
        write();
    }
}
