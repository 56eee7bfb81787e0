package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.AccountRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the journal's thread has to do, in the order in which the book decided it.
 *
 * <p>Those with entries are written in batches. The others look into the database, and do so when everything before
 * them is durable.
 */
sealed interface Operation {

    /** Completed when the operation is done, or fails with a {@link LedgerException}. */
    CompletableFuture<?> done();

    /** Something the tables are to hold. */
    sealed interface Write extends Operation {
        long atMillis();
    }

    /** Something the tables are asked. */
    sealed interface Read extends Operation {}

    record Opened(AccountId account, long atMillis, CompletableFuture<Void> done) implements Write {}

    /** @param entries what the consumer sets aside, then, if any, what its gifts cover */
    record Held(List<Entry> entries, long atMillis, CompletableFuture<Void> done) implements Write {}

    record Released(List<Entry> entries, ReleaseReason reason, long atMillis, CompletableFuture<Void> done)
            implements Write {}

    /**
     * @param keyId the API key that is charged
     * @param entries the end of the hold, what gifts pay, then the payments
     * @param proofs made on other threads meanwhile
     */
    record Settled(
            Bill bill,
            Optional<String> keyId,
            List<Entry> entries,
            CompletableFuture<Proofs> proofs,
            long atMillis,
            CompletableFuture<Settlement.Done> done)
            implements Write {}

    record Posted(Entry entry, LedgerCause cause, long atMillis, CompletableFuture<Void> done) implements Write {}

    /**
     * Asks for a transfer outside of jobs, which only the database can tell to be new. Done with the balance of the account
     * it goes to.
     */
    record Post(Transfer.Post transfer, LedgerCause cause, CompletableFuture<Balance> done) implements Read {}

    /** Settles a job that has no open hold: a repetition, or a mistake. */
    record SettleAgain(Settlement settlement, CompletableFuture<Settlement.Done> done) implements Read {}

    /** Asks what became of a job, whenever it was. */
    record Fate(JobId job, CompletableFuture<JobFate> done) implements Read {}

    /** Waits for what came before. */
    record Reach(CompletableFuture<Void> done) implements Read {}

    /** Reads the account table at the moment when it equals this memory. */
    record Compare(CompletableFuture<Tables> done) implements Read {}

    /** The journal's thread ends here. */
    record Stop(CompletableFuture<Void> done) implements Read {}

    /** The account table after a certain line of the journal. */
    record Tables(List<AccountRow> accounts, long lastSeq) {}
}
