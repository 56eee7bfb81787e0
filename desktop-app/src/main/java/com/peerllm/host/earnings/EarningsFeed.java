package com.peerllm.host.earnings;

import com.peerllm.host.kernel.Signal;
import com.peerllm.host.storage.ReceiptTable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/** The earnings as the screens watch them: summed anew after receipts came, however many, on a thread of its own. */
public final class EarningsFeed implements AutoCloseable {
    private final ReceiptTable receipts;
    private final ThreadFactory threads;
    private final AtomicBoolean due = new AtomicBoolean();
    private final Signal<Earnings> earnings;
    private boolean closed;

    public EarningsFeed(ReceiptTable receipts, ThreadFactory threads) {
        this.receipts = receipts;
        this.threads = threads;
        this.earnings = new Signal<>(Earnings.of(receipts.earned()));
    }

    public Signal<Earnings> earnings() {
        return earnings;
    }

    /** Returns at once; while one reading waits for its turn, another is not needed. */
    public void readAgain() {
        if (due.compareAndSet(false, true)) threads.newThread(this::read).start();
    }

    private synchronized void read() {
        due.set(false);
        if (!closed) earnings.set(Earnings.of(receipts.earned()));
    }

    /** After this the receipts are not read any more. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
