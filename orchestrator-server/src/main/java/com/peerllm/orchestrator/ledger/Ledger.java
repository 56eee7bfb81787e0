package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/** Every account's money: what may be spent is decided in memory at once, what was spent is durable before anyone is told. */
public final class Ledger implements AutoCloseable {

    private Ledger() {}

    /**
     * Reads the accounts, checks them against the journal and gives back what a crash left set aside.
     *
     * @param clock the time that the journal and receipts carry
     * @param nanoTime a clock that never goes back, for time-outs
     * @param journalThread makes the one thread that writes
     * @param callbacks where stages complete; must not run them on the calling thread
     * @throws LedgerException when the tables contradict each other
     */
    public static Ledger open(
            Database database,
            ReceiptIssuer issuer,
            LedgerSettings settings,
            InstantSource clock,
            LongSupplier nanoTime,
            ThreadFactory journalThread,
            Executor callbacks) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Opens an account; one that exists already is left as it is. */
    public CompletionStage<Void> openAccount(AccountId account) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Sets a job's worst case aside. Decided in memory, returns at once, written later; a job id serves only once.
     */
    public HoldDecision hold(JobId job, AccountId consumer, Credits worstCase) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Pays for a job and releases the rest of its hold, once; the same settlement again gets the same answer.
     *
     * @return completes when no crash can undo it; fails with {@link LedgerException}
     */
    public CompletionStage<Settlement.Done> settle(Settlement settlement) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Gives the whole hold back. Nothing happens when the job has no open hold. */
    public CompletionStage<Void> release(JobId job, ReleaseReason reason) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Credits an account from the mint, once for each id.
     *
     * @return the balance after it, when no crash can undo it; fails with {@link LedgerException}
     */
    public CompletionStage<Balance> topUp(TransferId id, AccountId account, Credits amount) {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<Balance> balance(AccountId account) {
        throw new UnsupportedOperationException("not yet");
    }

    /** All accounts, by name. They add up to zero. */
    public List<Balance> balances() {
        throw new UnsupportedOperationException("not yet");
    }

    /** A job's receipts, by segment; none when it is not settled. Reads the database. */
    public List<Receipt> receipts(JobId job) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Adds everything up again, memory against tables against journal. Reads the whole journal: call it on a thread that may wait. */
    public AuditReport audit() {
        throw new UnsupportedOperationException("not yet");
    }

    public LedgerHealth health() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Takes no more holds, writes what waits and ends the thread. What cannot be written is logged and its stages fail. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not yet");
    }
}
