package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.JournalBatch.Head;
import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.orchestrator.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the journal. It takes whatever has been decided since the last time, writes it in one
 * transaction and forces it to the disk (group commit): the busier the ledger, the more settlements share one wait.
 *
 * <p>When writing fails and may succeed later, it stops new holds and tries again, ever more slowly; settlements wait.
 * When trying again cannot help, everything is refused until the orchestrator is started again.
 */
final class JournalWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    /** How often holds are looked at that may have timed out. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final LiveBook live;
    private final LedgerStore store;
    private final Settling settling;
    private final Questions questions;
    private final LedgerSettings settings;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ConsumerPseudonyms pseudonyms;
    private final LeafListener leaves;
    private final StateLeaves states;
    private Head head;
    private Batch inHand;

    JournalWriter(
            LiveBook live,
            LedgerStore store,
            Settling settling,
            Questions questions,
            LedgerSettings settings,
            ConsumerPseudonyms pseudonyms,
            LeafListener leaves,
            StateLeaves states,
            Head head) {
        this.live = live;
        this.store = store;
        this.settling = settling;
        this.questions = questions;
        this.settings = settings;
        this.pseudonyms = pseudonyms;
        this.leaves = leaves;
        this.states = states;
        this.head = head;
        this.inHand = new Batch(head, pseudonyms);
    }

    /**
     * Writes what waits, once, on the calling thread; before the thread is started.
     *
     * @throws StorageException when it cannot be written
     */
    void writeAtStart() {
        Optional<Operation.Read> question = fill(live.nextAtOnce());
        if (question.isPresent()) throw new IllegalStateException("Nobody can have asked before the start");
        if (inHand.isEmpty()) return;
        store.append(inHand.rows());
        written();
    }

    @Override
    public void run() {
        try {
            boolean open = true;
            while (open) open = turn();
        } catch (InterruptedException e) {
            stop("The ledger's thread was ended from outside. Start the orchestrator again.", e);
        } catch (RuntimeException e) {
            stop("The ledger stopped by a fault in this program. Start the orchestrator again.", e);
        }
    }

    /** @return false when it was the last */
    private boolean turn() throws InterruptedException {
        Optional<Operation> first = live.next(TICK);
        settling.releaseTimedOut();
        questions.tick();
        pseudonyms.retry();
        Optional<Operation.Read> question = fill(first);
        if (!inHand.isEmpty() && !write()) return false;
        return question.isEmpty() || questions.answer(question.get());
    }

    /** Takes operations into the batch. @return the question that ended it, to be answered when the batch is durable */
    private Optional<Operation.Read> fill(Optional<Operation> first) {
        states.due(head.leafCount()).ifPresent(inHand::addLeaf);
        Optional<Operation> next = first;
        while (next.isPresent()) {
            switch (next.get()) {
                case Operation.Read question -> {
                    return Optional.of(question);
                }
                case Operation.Write write -> inHand.add(write);
            }
            next = inHand.size() < settings.maxBatch() ? live.nextAtOnce() : Optional.empty();
        }
        return Optional.empty();
    }

    /** @return false when nothing can be written any more */
    private boolean write() throws InterruptedException {
        live.writing(inHand.size());
        Duration wait = settings.firstRetry();
        while (true) {
            boolean last = closing.getCount() == 0;
            try {
                store.append(inHand.rows());
                written();
                return true;
            } catch (StorageException e) {
                if (last || !e.code().mayPass()) {
                    stop(e.getMessage(), e);
                    return false;
                }
                pause(e, wait);
                wait = wait.multipliedBy(2).compareTo(settings.longestRetry()) < 0
                        ? wait.multipliedBy(2)
                        : settings.longestRetry();
            }
        }
    }

    private void pause(StorageException failure, Duration wait) throws InterruptedException {
        if (wait.equals(settings.firstRetry())) LOG.error("The ledger cannot write and will try again", failure);
        live.writingFailed(failure.getMessage());
        closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void written() {
        head = inHand.after();
        Batch durable = inHand;
        inHand = new Batch(head, pseudonyms);
        states.written(durable.openedAccounts(), durable.transfers());
        live.writingSucceeded();
        if (!durable.leaves().isEmpty()) leaves.durable(durable.leaves());
        durable.complete();
    }

    private void stop(String reason, Exception failure) {
        List<Operation> abandoned = new ArrayList<>(inHand.operations());
        abandoned.addAll(live.stop(reason));
        LOG.error("The ledger stopped with {} operations not written", abandoned.size(), failure);
        for (Operation operation : abandoned) {
            if (operation instanceof Operation.Settled settled) {
                Bill bill = settled.bill();
                LOG.error("Not settled: {} of {}", bill.settlement().job(), bill.charged());
            }
        }
        LedgerException refusal = new LedgerException(LedgerException.Code.UNAVAILABLE, reason, failure);
        abandoned.forEach(operation -> operation.done().completeExceptionally(refusal));
    }

    /** Ends the waiting between attempts: the next one is the last. */
    void hurry() {
        closing.countDown();
    }
}
