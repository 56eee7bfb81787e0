package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.ledger.LedgerCause;
import com.peerllm.orchestrator.payouts.PayoutIds.Move;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.BatchState;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import com.peerllm.orchestrator.storage.PayoutStore;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares every line of every batch with the transfers that it must have, and looks for transfers that belong to no line. Wants
 * no command to run meanwhile.
 */
public final class PayoutAudit {
    private static final int PAGE = 500;

    private final PayoutStore store;
    private final LedgerStore ledger;
    private final Earners earners;

    PayoutAudit(Database database, Earners earners) {
        this.store = database.payouts();
        this.ledger = database.ledger();
        this.earners = earners;
    }

    /**
     * What was found.
     *
     * @param payouts lines whose money has moved
     * @param fault the first contradiction, as a sentence
     */
    public record Report(long batches, long payouts, Optional<String> fault) {}

    Report run() {
        return new Run().report();
    }

    private final class Run {
        private final Map<LedgerCause, Long> expected = new EnumMap<>(LedgerCause.class);
        private long batches;
        private long payouts;

        Report report() {
            Optional<String> fault = batches().or(this::strangers).or(this::days);
            return new Report(batches, payouts, fault);
        }

        private Optional<String> batches() {
            long last = 0;
            while (true) {
                List<BatchRow> page = store.batchesAfter(last, PAGE);
                if (page.isEmpty()) return Optional.empty();
                for (BatchRow batch : page) {
                    batches++;
                    Optional<String> fault = batch(batch);
                    if (fault.isPresent()) return fault;
                }
                last = page.getLast().number();
            }
        }

        private Optional<String> batch(BatchRow batch) {
            for (LineRow line : store.lines(batch.number())) {
                if (!fits(batch.state(), line.state())) {
                    return Optional.of("Payout " + PayoutIds.of(line) + " is " + line.state() + " in a batch that is "
                            + batch.state());
                }
                Optional<String> fault = line(line);
                if (fault.isPresent()) return fault;
            }
            return Optional.empty();
        }

        private static boolean fits(BatchState batch, LineState line) {
            return switch (batch) {
                case PROPOSED -> line == LineState.PROPOSED || line == LineState.HELD_BACK;
                case APPROVED -> line != LineState.PROPOSED && line != LineState.PAYING && line != LineState.PAID;
                case EXPORTED -> line != LineState.PROPOSED && line != LineState.SENDING;
                case SETTLED -> line == LineState.PAID || line == LineState.RETURNED || line == LineState.HELD_BACK;
                case CANCELLED ->
                    line == LineState.HELD_BACK || line == LineState.RETURNING || line == LineState.RETURNED;
            };
        }

        private Optional<String> line(LineRow line) {
            if (line.state() == LineState.PROPOSED || line.state() == LineState.HELD_BACK) return Optional.empty();
            payouts++;
            return switch (line.state()) {
                case SENDING -> check(line, PayoutIds.sent(line), false);
                case SENT -> check(line, PayoutIds.sent(line), true);
                case PAYING ->
                    check(line, PayoutIds.sent(line), true).or(() -> check(line, PayoutIds.paid(line), false));
                case PAID -> check(line, PayoutIds.sent(line), true).or(() -> check(line, PayoutIds.paid(line), true));
                case RETURNING ->
                    check(line, PayoutIds.sent(line), true).or(() -> check(line, PayoutIds.returned(line), false));
                case RETURNED ->
                    check(line, PayoutIds.sent(line), true).or(() -> check(line, PayoutIds.returned(line), true));
                case PROPOSED, HELD_BACK -> Optional.empty();
            };
        }

        /** @param must whether the transfer has to be there; one whose decision is written down may be or not */
        private Optional<String> check(LineRow line, Move move, boolean must) {
            Optional<TransferRow> found = ledger.transfer(move.id().value());
            if (found.isEmpty()) {
                return must
                        ? Optional.of("Payout " + PayoutIds.of(line) + " is " + line.state()
                                + ", and the journal has no " + move.id())
                        : Optional.empty();
            }
            expected.merge(move.cause(), 1L, Long::sum);
            TransferRow transfer = found.get();
            boolean same = transfer.cause().equals(move.cause().word())
                    && transfer.debit().equals(move.debit())
                    && transfer.credit().equals(move.credit())
                    && transfer.amount().equals(line.amount());
            return same
                    ? Optional.empty()
                    : Optional.of("Transfer " + move.id() + " is another than payout " + PayoutIds.of(line) + " says");
        }

        private Optional<String> strangers() {
            for (LedgerCause cause :
                    List.of(LedgerCause.PAYOUT_SENT, LedgerCause.PAYOUT_PAID, LedgerCause.PAYOUT_RETURNED)) {
                long there = store.transfers(cause.word());
                long known = expected.getOrDefault(cause, 0L);
                if (there != known) {
                    return Optional.of(
                            "The journal has " + there + " transfers " + cause.word() + ", batches have " + known);
                }
            }
            return Optional.empty();
        }

        private Optional<String> days() {
            return earners.contradiction()
                    .map(account -> "What " + account + " earned day by day is not what the journal gave it");
        }
    }
}
