package com.peerllm.host.earnings;

import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.DeliveryTrace;
import com.peerllm.host.session.Payments;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.storage.ReceiptTable;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every receipt that comes in and keeps it, the good and the disputed, on a thread of its own and many at a time.
 */
public final class ReceiptBook implements Payments, Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(ReceiptBook.class);
    private static final int MOST_WAITING = 4096;
    private static final int MOST_REMEMBERED_BYTES = 32 << 20;

    private final PeerKey self;
    private final ReceiptTable table;
    private final ThreadFactory threads;
    private final InstantSource clock;
    private final DeliveryMemory memory = new DeliveryMemory(MOST_REMEMBERED_BYTES);
    private final BlockingQueue<Page> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Signal<Long> stored = new Signal<>(0L);
    private Thread writer;

    /** What the writer takes from the queue. */
    private sealed interface Page {
        record Came(Receipt receipt, MetOrchestrator from) implements Page {}

        record End() implements Page {}
    }

    public ReceiptBook(PeerKey self, ReceiptTable table, ThreadFactory threads, InstantSource clock) {
        this.self = self;
        this.table = table;
        this.threads = threads;
        this.clock = clock;
    }

    /** Counts the receipts stored since the start, so that a page of earnings knows when to look again. */
    public Signal<Long> stored() {
        return stored;
    }

    @Override
    public synchronized void start() {
        if (writer != null) return;
        writer = threads.newThread(this::write);
        writer.start();
    }

    /** Returns when everything that came in is stored. */
    @Override
    public synchronized void stop() {
        if (writer == null) return;
        try {
            waiting.put(new Page.End());
            writer.join();
            writer = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void delivered(DeliveryTrace delivery) {
        memory.add(delivery);
    }

    /** When thousands wait, this slows the connection that they come from. */
    @Override
    public void receipt(Receipt receipt, MetOrchestrator from) {
        try {
            waiting.put(new Page.Came(receipt, from));
        } catch (InterruptedException e) {
            log.warn("receipt_not_kept: the program was ending");
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        List<Page> pages = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            pages.clear();
            try {
                pages.add(waiting.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            waiting.drainTo(pages);
            ended = pages.stream().anyMatch(Page.End.class::isInstance);
            keep(pages.stream()
                    .filter(Page.Came.class::isInstance)
                    .map(Page.Came.class::cast)
                    .map(this::checked)
                    .toList());
        }
    }

    private StoredReceipt checked(Page.Came came) {
        Receipt receipt = came.receipt();
        boolean known = memory.knows(receipt.job());
        Optional<DeliveryTrace> paidFor = memory.takePaidBy(receipt);
        return ReceiptCheck.check(receipt, self, came.from(), paidFor, known, clock.millis());
    }

    private void keep(List<StoredReceipt> receipts) {
        if (receipts.isEmpty()) return;
        try {
            add(receipts);
        } catch (RuntimeException e) {
            log.warn("receipts_not_stored_together: {} receipts, now one by one", receipts.size(), e);
            for (StoredReceipt receipt : receipts) keepAlone(receipt);
        }
    }

    /** One that cannot be stored, for whatever a stranger wrote into it, must not take the others with it. */
    private void keepAlone(StoredReceipt receipt) {
        try {
            add(List.of(receipt));
        } catch (RuntimeException e) {
            log.error("receipt_not_stored: {}", receipt.receipt().job(), e);
        }
    }

    private void add(List<StoredReceipt> receipts) {
        List<StoredReceipt> added = table.add(receipts);
        added.forEach(ReceiptBook::warnIfDisputed);
        stored.set(stored.get() + added.size());
    }

    private static void warnIfDisputed(StoredReceipt receipt) {
        if (receipt.status() == StoredReceipt.Status.VERIFIED) return;
        log.warn("receipt_disputed: {}: {}", receipt.receipt().job(), String.join("; ", receipt.faults()));
    }
}
