package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The book as many threads use it, and the queue of what it decided and the journal has yet to write. One short lock
 * makes the order of the queue the order of the decisions; it is never held while anything waits.
 *
 * <p>The queue is bounded: beyond a limit no hold is taken, and what else can enter it belongs to an open hold, of
 * which there is a limit too, or is refused at the sum of both.
 */
final class LiveBook {
    private static final Trouble CLOSING = new Trouble("The orchestrator is closing", Trouble.Kind.STOPPED);

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedBlockingQueue<Operation> queue = new LinkedBlockingQueue<>();
    private final Book book;
    private final SpendingBook spending;
    private final Gifts gifts;
    private final LedgerSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile Optional<Trouble> trouble = Optional.empty();
    private volatile boolean closed;
    private volatile int beingWritten;

    /**
     * @param clock the time that the journal gives
     * @param nanoTime a clock that never goes back
     */
    LiveBook(
            Book book,
            SpendingBook spending,
            Gifts gifts,
            LedgerSettings settings,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.book = book;
        this.spending = spending;
        this.gifts = gifts;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Runs one decision. What it enqueues stands in the queue in the order of the decisions. */
    <T> T decide(Function<Book, T> decision) {
        lock.lock();
        try {
            return decision.apply(book);
        } finally {
            lock.unlock();
        }
    }

    /** What keys have spent; for use inside a decision only. */
    SpendingBook spending() {
        return spending;
    }

    /** Which gifts end when; for use inside a decision only. */
    Gifts gifts() {
        return gifts;
    }

    Instant now() {
        return clock.instant();
    }

    /** The time that goes into the journal. */
    long nowMillis() {
        return clock.millis();
    }

    /** Applies a chain inside a decision. */
    Answer apply(List<Transfer> chain) {
        return book.apply(chain, nanoTime.getAsLong());
    }

    List<TransferId> timedOut() {
        return book.timedOut(nanoTime.getAsLong());
    }

    /** Why no hold is taken now, as a sentence. */
    Optional<String> whyNoHolds() {
        if (trouble.isPresent()) return trouble.map(Trouble::reason);
        if (closed) return Optional.of(CLOSING.reason());
        if (queue.size() >= settings.maxWaiting()) {
            return Optional.of("The ledger waits for the disk and takes no more jobs for the moment");
        }
        if (book.openHoldCount() >= settings.maxOpenHolds()) {
            return Optional.of("As many jobs run as this orchestrator takes at once");
        }
        return Optional.empty();
    }

    /** Hands over what was decided. Must be called inside the decision. */
    void enqueue(Operation decided) {
        queue.add(decided);
    }

    /** Hands over a question to the database, unless too much waits; then, or when the journal has stopped, it fails. */
    void ask(Operation.Read question) {
        decide(any -> {
            Optional<LedgerException> stopped = stopped();
            if (stopped.isPresent()) {
                question.done().completeExceptionally(stopped.get());
            } else if (queue.size() >= settings.maxWaiting() + settings.maxOpenHolds()) {
                question.done()
                        .completeExceptionally(new LedgerException(
                                LedgerException.Code.UNAVAILABLE,
                                "The ledger waits for the disk. Try again in a moment."));
            } else {
                queue.add(question);
            }
            return null;
        });
    }

    /** Completes when everything decided so far is durable. */
    CompletableFuture<Void> everythingDurable() {
        Operation.Reach reach = new Operation.Reach(new CompletableFuture<>());
        ask(reach);
        return reach.done();
    }

    /** Opens an account inside a decision. Nothing happens when it is open. */
    void openIfNew(AccountId account) {
        if (book.open(account)) enqueue(new Operation.Opened(account, clock.millis(), new CompletableFuture<>()));
    }

    /** Present when nothing will be written any more. */
    Optional<LedgerException> stopped() {
        if (closed) return Optional.of(CLOSING.refusal());
        return trouble.filter(now -> now.kind() == Trouble.Kind.STOPPED).map(Trouble::refusal);
    }

    /** Takes no holds until writing succeeds again. */
    void writingFailed(String reason) {
        trouble = Optional.of(new Trouble(reason, Trouble.Kind.RETRYING));
    }

    /** How many operations the journal's thread has in its hands. */
    void writing(int operations) {
        beingWritten = operations;
    }

    void writingSucceeded() {
        beingWritten = 0;
        if (trouble.isPresent()) trouble = Optional.empty();
    }

    /** Refuses everything from now on. What was decided before will be written, then the journal's thread ends. */
    void close() {
        decide(any -> {
            if (!closed) queue.add(new Operation.Stop(new CompletableFuture<>()));
            closed = true;
            return null;
        });
    }

    /** Refuses everything from now on. @return what was waiting and will not be written */
    List<Operation> stop(String reason) {
        return decide(any -> {
            trouble = Optional.of(new Trouble(reason, Trouble.Kind.STOPPED));
            List<Operation> abandoned = new ArrayList<>();
            queue.drainTo(abandoned);
            return abandoned;
        });
    }

    LedgerHealth health() {
        int waiting = queue.size() + beingWritten;
        int openHolds = decide(Book::openHoldCount);
        return trouble.<LedgerHealth>map(now -> new LedgerHealth.Unavailable(
                        waiting, openHolds, now.reason(), now.kind() == Trouble.Kind.RETRYING))
                .orElseGet(() -> new LedgerHealth.Available(waiting, openHolds));
    }

    /** The next operation, waiting for it; empty when none came in this time. For the journal's thread alone. */
    Optional<Operation> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The next operation, if one is there. For the journal's thread alone. */
    Optional<Operation> nextAtOnce() {
        return Optional.ofNullable(queue.poll());
    }
}
