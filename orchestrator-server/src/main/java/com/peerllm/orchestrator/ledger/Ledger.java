package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.JournalBatch.Head;
import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.orchestrator.storage.ReceiptStore;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Everybody's money. What may be spent is decided in memory at once; what was spent is durable before anyone is told.
 *
 * <p>Safe for many threads. Stages complete on the executor given to {@link #open}.
 */
public final class Ledger implements AutoCloseable {
    /** From so many on, a state leaf would keep the journal waiting for a second. */
    private static final int MANY_ACCOUNTS = 50_000;

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

    private final LiveBook live;
    private final ConsumerPseudonyms pseudonyms;
    private final LedgerStore store;
    private final ReceiptStore receipts;
    private final ExplorerAudit explorerAudit;
    private final LedgerSettings settings;
    private final Admission admission;
    private final Settling settling;
    private final JournalWriter writer;
    private final Thread journalThread;
    private final Executor callbacks;
    private final StateLeaves states;

    private Ledger(
            Book book,
            SpendingBook spending,
            Gifts gifts,
            Head head,
            Database database,
            ReceiptIssuer issuer,
            ConsumerPseudonyms pseudonyms,
            LeafListener leaves,
            LedgerSettings settings,
            InstantSource clock,
            LongSupplier nanoTime,
            ThreadFactory threads,
            Executor callbacks) {
        this.live = new LiveBook(book, spending, gifts, settings, clock, nanoTime);
        this.pseudonyms = pseudonyms;
        this.store = database.ledger();
        this.receipts = database.receipts();
        this.explorerAudit = new ExplorerAudit(database.explorer(), database.leaves());
        this.settings = settings;
        this.admission = new Admission(live, pseudonyms);
        this.settling = new Settling(live, issuer, callbacks);
        Questions questions = new Questions(store, receipts, new Postings(live, store, pseudonyms));
        this.states = new StateLeaves(
                book.allTotals(), head.leafCount(), pseudonyms, settings, clock, nanoTime, callbacks, MANY_ACCOUNTS);
        this.writer = new JournalWriter(live, store, settling, questions, settings, pseudonyms, leaves, states, head);
        this.journalThread = threads.newThread(writer);
        this.callbacks = callbacks;
    }

    /**
     * Adds the journal up, checks the account table against it, and gives back what a crash left set aside.
     *
     * @param pseudonyms how the transparency log names consumers
     * @param leaves hears of its new leaves
     * @param clock the time that the journal and receipts carry
     * @param nanoTime a clock that never goes back, for time-outs
     * @param journalThread makes the one thread that writes
     * @param callbacks where receipts are signed and stages complete, such as virtual threads; must not run them on
     *     the thread that hands them over
     * @throws LedgerException with code {@code DAMAGED} when the tables contradict each other
     * @throws com.peerllm.orchestrator.storage.StorageException when the database cannot be read or written
     */
    public static Ledger open(
            Database database,
            ReceiptIssuer issuer,
            ConsumerPseudonyms pseudonyms,
            LeafListener leaves,
            LedgerSettings settings,
            InstantSource clock,
            LongSupplier nanoTime,
            ThreadFactory journalThread,
            Executor callbacks) {
        LedgerStore store = database.ledger();
        Head head = store.head();
        Book book = new Book(settings.holdTimeOut(), settings.rememberedTransfers());
        SpendingBook spending = new SpendingBook();
        Gifts gifts = new Gifts();
        Optional<String> fault = new Replay(store, book, spending, gifts).run(store.accounts(), head.lastSeq());
        if (fault.isPresent()) {
            throw new LedgerException(
                    LedgerException.Code.DAMAGED,
                    "The ledger does not add up: " + fault.get() + ". " + database.howToMend());
        }
        Ledger ledger = new Ledger(
                book,
                spending,
                gifts,
                head,
                database,
                issuer,
                pseudonyms,
                leaves,
                settings,
                () -> notBefore1970(clock.instant()),
                nanoTime,
                journalThread,
                callbacks);
        ledger.start();
        return ledger;
    }

    /** Times are counted from 1970 on; a clock that shows less is wrong anyway. */
    private static Instant notBefore1970(Instant now) {
        return now.isBefore(Instant.EPOCH) ? Instant.EPOCH : now;
    }

    private void start() {
        live.decide(book -> {
            live.openIfNew(AccountKind.MINT_OF_CREDITS);
            live.openIfNew(AccountKind.ESCROW_OF_JOBS);
            live.openIfNew(AccountKind.NETWORK_FEES);
            return null;
        });
        settling.releaseAll(ReleaseReason.RESTART);
        writer.writeAtStart();
        journalThread.start();
    }

    /**
     * Opens an account; one that is open already is left as it is. May wait for the disk when it is a consumer's.
     *
     * @throws IllegalArgumentException when {@link AccountKind} has no such kind
     */
    public CompletionStage<Void> openAccount(AccountId account) {
        if (AccountKind.of(account).isEmpty()) {
            throw new IllegalArgumentException("There is no kind of account named " + account.kind());
        }
        try {
            if (AccountKind.maySpend(account)) pseudonyms.prepare(account);
        } catch (LedgerException e) {
            return CompletableFuture.failedFuture(e);
        }
        return elsewhere(live.decide(book -> {
            if (live.stopped().isEmpty()) live.openIfNew(account);
            return live.everythingDurable();
        }));
    }

    /**
     * Sets a job's worst case aside. Decided in memory, returns at once, written later. A job id serves for one hold,
     * ever: an id that comes again after thousands of other jobs may stop the ledger.
     *
     * @param payer whose key may have a limit of its own
     * @param worstCase not negative
     */
    public HoldDecision hold(JobId job, Payer payer, Credits worstCase) {
        return admission.hold(job, payer, worstCase);
    }

    /** As {@link #hold(JobId, Payer, Credits)}, without a key. */
    public HoldDecision hold(JobId job, AccountId consumer, Credits worstCase) {
        return hold(job, Payer.of(consumer), worstCase);
    }

    /** What a key has spent until now, and set aside. */
    public KeySpending spending(String keyId) {
        return live.decide(book -> live.spending().of(keyId, live.now()));
    }

    /**
     * Pays for a job and releases the rest of its hold, once; the same settlement again gets the same answer. When
     * nothing was delivered, this is a release.
     *
     * @return completes when no crash can undo it; fails with {@link LedgerException}
     */
    public CompletionStage<Settlement.Done> settle(Settlement settlement) {
        return elsewhere(settling.settle(settlement));
    }

    /** What became of a job, whenever it was; waits until all that was decided before is durable. */
    public CompletionStage<JobFate> fate(JobId job) {
        Operation.Fate question = new Operation.Fate(job, new CompletableFuture<>());
        live.ask(question);
        return elsewhere(question.done());
    }

    /** Gives the whole hold back. Nothing happens when the job has no open hold. */
    public CompletionStage<Void> release(JobId job, ReleaseReason reason) {
        return elsewhere(settling.release(job, reason));
    }

    /**
     * Credits a consumer or promo account from the mint, once for each id.
     *
     * @param amount more than zero
     * @param id does not start with {@code job_}
     * @return the balance after it, when no crash can undo it; fails with {@link LedgerException}
     */
    public CompletionStage<Balance> topUp(TransferId id, AccountId account, Credits amount) {
        if (!AccountKind.maySpend(account) || amount.compareTo(Credits.ZERO) <= 0) {
            throw new IllegalArgumentException("A top-up is more than zero and goes to a consumer or promo account");
        }
        LedgerCause cause = account.kind().equals(AccountKind.PROMO.word()) ? LedgerCause.PROMO : LedgerCause.TOP_UP;
        return post(id, cause, AccountKind.MINT_OF_CREDITS, account, amount);
    }

    /**
     * Moves money that no job is paid with, once for each id; the same again is the same transfer. Both accounts must be
     * open.
     *
     * @param id does not start as the ledger's own ids do: {@code job_}, {@code gift-end-}; a gift with {@link
     *     TransferId#until} in its id is taken back from then on, as far as it is not spent
     * @param amount more than zero
     * @return the balance of the credited account after it, when no crash can undo it; fails with {@link LedgerException}:
     *     {@code NOT_ALLOWED} when the debited account has too little or is unknown, {@code OTHER_CONTENT} when the id was
     *     used for another transfer
     * @throws IllegalArgumentException when money cannot move between such accounts for this cause
     */
    public CompletionStage<Balance> post(
            TransferId id, LedgerCause cause, AccountId debit, AccountId credit, Credits amount) {
        if (id.isReserved()) {
            throw new IllegalArgumentException("The id " + id + " begins like the ledger's own; choose another");
        }
        Transfer.Post transfer = new Transfer.Post(id, debit, credit, amount);
        if (!cause.allows(transfer) || cause == LedgerCause.PROMO_SPENT || amount.isZero()) {
            throw new IllegalArgumentException(
                    "No " + cause.word() + " of " + amount + " from " + debit + " to " + credit + " is possible");
        }
        Operation.Post wish = new Operation.Post(transfer, cause, new CompletableFuture<>());
        live.ask(wish);
        return elsewhere(wish.done());
    }

    /**
     * Takes from a consumer what it still has, so that its account can be erased: its gifts go back where they came from, the
     * rest to the network.
     *
     * @return what was taken, when no crash can undo it
     */
    public CompletionStage<Credits> forfeit(AccountId consumer) {
        return forfeit(AccountKind.promoOf(consumer), LedgerCause.PROMO_EXPIRED, AccountKind.MINT_OF_CREDITS)
                .thenCombine(forfeit(consumer, LedgerCause.FORFEITED, AccountKind.NETWORK_FEES), Credits::plus);
    }

    private CompletionStage<Credits> forfeit(AccountId account, LedgerCause cause, AccountId to) {
        Totals totals = live.decide(book -> book.totals(account)).orElse(Totals.ZERO);
        Credits left = totals.available();
        if (left.isZero()) return CompletableFuture.completedFuture(Credits.ZERO);
        return post(TransferId.forfeit(account, totals.debitsPosted()), cause, account, to, left)
                .thenApply(done -> left);
    }

    /**
     * Forgets the secret of an account that is empty: nobody can link what the transparency log says of it to it any more. The
     * account and its lines in the journal stay. May wait for the disk.
     *
     * @throws LedgerException with code {@code NOT_ALLOWED} when something is left or set aside
     */
    public void erase(AccountId consumer) {
        for (AccountId account : List.of(consumer, AccountKind.promoOf(consumer))) {
            Balance balance = balance(account).orElse(new Balance(account, Credits.ZERO, Credits.ZERO));
            if (!balance.posted().isZero() || !balance.held().isZero()) {
                throw new LedgerException(
                        LedgerException.Code.NOT_ALLOWED,
                        account + " has " + balance.posted() + ", " + balance.held()
                                + " of it set aside for jobs that run; an account is erased when it is empty");
            }
        }
        pseudonyms.erase(consumer);
    }

    /**
     * The salt that opens the commitment of these receipts, for the account that paid for them and nobody else. May wait for the
     * disk.
     */
    public Optional<String> saltOf(List<Receipt> receipts, AccountId asker) {
        if (receipts.isEmpty() || receipts.getFirst().consumer().isEmpty()) return Optional.empty();
        String job = receipts.getFirst().job().value();
        String commitment = receipts.getFirst().consumer().get();
        return pseudonyms
                .salt(asker, job)
                .filter(salt -> ConsumerPseudonyms.commitment(salt, asker, job).equals(commitment));
    }

    private <T> CompletionStage<T> elsewhere(CompletableFuture<T> stage) {
        return stage.thenApplyAsync(Function.identity(), callbacks);
    }

    public Optional<Balance> balance(AccountId account) {
        return live.decide(book -> book.totals(account)).map(totals -> Balance.of(account, totals));
    }

    /** All accounts, by name. They add up to zero. */
    public List<Balance> balances() {
        return live.decide(Book::allTotals).entrySet().stream()
                .map(account -> Balance.of(account.getKey(), account.getValue()))
                .toList();
    }

    /** A job's receipts, by segment; none when it is not settled. Reads the database. */
    public List<Receipt> receipts(JobId job) {
        return receipts.of(job);
    }

    /**
     * Adds everything up again: memory against tables against journal. Reads the whole journal while the ledger goes
     * on, so call it on a thread that may wait.
     */
    public AuditReport audit() {
        return new Audit(live, store, explorerAudit, settings).run();
    }

    /** The last state leaf, for proofs of balances; empty when none was written since this ledger was opened. */
    public Optional<ProvenState> state() {
        return states.newest();
    }

    public LedgerHealth health() {
        return live.health();
    }

    /**
     * Takes no more holds, writes what waits and ends the thread. What cannot be written is logged, and its stages
     * fail.
     */
    @Override
    public void close() {
        live.close();
        writer.hurry();
        try {
            journalThread.join(LONGEST_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
