package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.payouts.PayoutBatch.Proposal;
import com.peerllm.orchestrator.payouts.PayoutException.Kind;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.PayoutRows.BatchMove;
import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.BatchState;
import com.peerllm.orchestrator.storage.PayoutRows.LineMove;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import com.peerllm.orchestrator.storage.PayoutStore;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.payout.PayeeDetails;
import com.peerllm.shared.payout.PayoutStatement;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Pays earners out, in batches that an administrator proposes, approves, hands to a provider and records the results of. Every
 * step is written down before its money moves, and each can be asked for again: what is done already is not done twice.
 *
 * <p>Safe for many threads; one command at a time. Every call may wait for the disk.
 */
public final class Payouts {
    /** Batches whose files may be there still because a crash kept them from being deleted. */
    private static final int RECENT = 100;

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final PayoutStore store;
    private final Transit transit;
    private final Earners earners;
    private final PayeeFolder payees;
    private final Drafts drafts;
    private final Exports exports;
    private final PayoutStatements statements;
    private final PayoutAudit audit;
    private final PayoutRules rules;
    private final InstantSource clock;

    /**
     * @param payees how accounts are paid
     * @param files folder of what providers were given
     */
    public Payouts(
            Database database,
            Ledger ledger,
            PayeeFolder payees,
            Path files,
            PayoutRules rules,
            PayoutProvider provider,
            InstantSource clock) {
        this(database, Transit.Till.of(ledger), payees, files, rules, provider, clock);
    }

    Payouts(
            Database database,
            Transit.Till till,
            PayeeFolder payees,
            Path files,
            PayoutRules rules,
            PayoutProvider provider,
            InstantSource clock) {
        this.store = database.payouts();
        this.transit = new Transit(store, till, clock);
        this.earners = new Earners(database, payees, rules);
        this.payees = payees;
        this.drafts = new Drafts(store, earners, rules, clock);
        this.exports = new Exports(store, payees, files, provider, clock);
        this.statements = new PayoutStatements(store, earners, payees, rules, clock);
        this.audit = new PayoutAudit(database, earners);
        this.rules = rules;
        this.clock = clock;
    }

    /** Moves money of which it was decided before a crash. What does not move now moves with the next command. */
    public void finish() {
        alone(() -> {
            for (BatchRow batch : store.batches(RECENT)) {
                if (batch.state() == BatchState.SETTLED) exports.forget(batch.number());
            }
            return null;
        });
    }

    /** Computes who may be paid how much; nothing moves. */
    public Proposal propose(String by) {
        return alone(() -> {
            store.draft().ifPresent(draft -> {
                throw new PayoutException(
                        Kind.CONFLICT,
                        "Batch " + draft.number() + " is proposed already. Approve it or cancel it first.");
            });
            return drafts.propose(by);
        });
    }

    /** Sends the money of a batch into transit; lines that can no longer be paid are held back. */
    public PayoutBatch approve(long number, String by) {
        return alone(() -> {
            PayoutBatch found = existing(number);
            switch (found.batch().state()) {
                case APPROVED, EXPORTED, SETTLED -> {
                    return found;
                }
                case CANCELLED -> throw wrongState(found.batch(), "cannot be approved");
                case PROPOSED -> {
                    drafts.approve(found, by);
                    transit.finish();
                    return existing(number);
                }
            }
            throw new IllegalStateException("A batch in no known state");
        });
    }

    /** @return the provider's file; the same one each time */
    public String export(long number) {
        return alone(() -> {
            PayoutBatch found = existing(number);
            String file = switch (found.batch().state()) {
                case PROPOSED -> throw wrongState(found.batch(), "has to be approved first");
                case CANCELLED -> throw wrongState(found.batch(), "has nothing to export");
                case SETTLED -> throw wrongState(found.batch(), "has no file any more: it held personal details");
                case EXPORTED -> exports.again(number);
                case APPROVED -> exports.first(found);
            };
            transit.finish();
            return file;
        });
    }

    /** Takes in what the provider says: pays out of transit, or gives the money back. All results or, at a mistake, none. */
    public PayoutBatch record(long number, List<PayoutResult> results) {
        return alone(() -> {
            PayoutBatch found = existing(number);
            switch (found.batch().state()) {
                case PROPOSED, APPROVED -> throw wrongState(found.batch(), "was not exported yet");
                case CANCELLED -> throw wrongState(found.batch(), "cannot have results");
                case EXPORTED, SETTLED -> {}
            }
            List<LineMove> moves = Results.moves(found, results, clock.millis());
            if (!moves.isEmpty()) store.move(number, Optional.empty(), moves);
            transit.finish();
            PayoutBatch after = existing(number);
            if (after.batch().state() == BatchState.SETTLED) exports.forget(number);
            return after;
        });
    }

    /** Ends a batch that no provider has; what is in transit goes back. */
    public PayoutBatch cancel(long number, String by) {
        return alone(() -> {
            PayoutBatch found = existing(number);
            BatchState state = found.batch().state();
            switch (state) {
                case EXPORTED, SETTLED ->
                    throw wrongState(found.batch(), "cannot be cancelled. Record what did not arrive as failed");
                case CANCELLED -> {
                    return found;
                }
                case PROPOSED, APPROVED -> {
                    long now = clock.millis();
                    store.move(
                            number,
                            Optional.of(new BatchMove(state, BatchState.CANCELLED, now, by)),
                            withdrawn(found, now));
                    transit.finish();
                    return existing(number);
                }
            }
            throw new IllegalStateException("A batch in no known state");
        });
    }

    private static List<LineMove> withdrawn(PayoutBatch batch, long nowMillis) {
        Optional<String> note = Optional.of("The batch was cancelled");
        List<LineMove> moves = new ArrayList<>();
        for (LineRow line : batch.lines()) {
            if (line.state() == LineState.PROPOSED) {
                moves.add(new LineMove(line.number(), line.state(), LineState.HELD_BACK, note, nowMillis));
            } else if (line.state() == LineState.SENT) {
                moves.add(new LineMove(line.number(), line.state(), LineState.RETURNING, note, nowMillis));
            }
        }
        return moves;
    }

    public PayoutBatch show(long number) {
        return existing(number);
    }

    /** The newest first. */
    public List<BatchRow> list(int atMost) {
        return store.batches(atMost);
    }

    /**
     * Keeps how an account is paid, outside of the database.
     *
     * @param payee empty to erase it
     * @param atMillis when it was asked for
     * @return false when something newer is kept already
     */
    public boolean setPayee(AccountId account, Optional<PayeeDetails> payee, long atMillis) {
        if (!PayoutRules.mayBePaid(account)) {
            throw new PayoutException(
                    Kind.INVALID,
                    "Only hosts, creators and the network are paid out; " + account + " is none of them.");
        }
        if (earners.earnings(account).isEmpty()) {
            throw new PayoutException(Kind.NOT_FOUND, "There is no account " + account + ".");
        }
        return alone(() -> payees.put(account, payee, atMillis));
    }

    /** What a host is owed and was paid; empty when it has no account. */
    public Optional<PayoutStatement> statement(String orchestrator, HostId host) {
        oneAtATime.lock();
        try {
            return statements.of(orchestrator, host);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Compares batches and earnings with the ledger's journal. */
    public PayoutAudit.Report audit() {
        oneAtATime.lock();
        try {
            return audit.run();
        } finally {
            oneAtATime.unlock();
        }
    }

    public PayoutRules rules() {
        return rules;
    }

    private <T> T alone(Supplier<T> command) {
        oneAtATime.lock();
        try {
            transit.finish();
            return command.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    private PayoutBatch existing(long number) {
        BatchRow batch = store.batch(number)
                .orElseThrow(() -> new PayoutException(Kind.NOT_FOUND, "There is no payout batch " + number + "."));
        return new PayoutBatch(batch, store.lines(number));
    }

    private static PayoutException wrongState(BatchRow batch, String sentence) {
        return new PayoutException(
                Kind.CONFLICT,
                "Batch " + batch.number() + " is " + batch.state().name().toLowerCase(java.util.Locale.ROOT) + " and "
                        + sentence + ".");
    }
}
