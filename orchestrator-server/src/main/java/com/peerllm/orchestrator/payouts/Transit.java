package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.LedgerCause;
import com.peerllm.orchestrator.ledger.LedgerException;
import com.peerllm.orchestrator.ledger.TransferId;
import com.peerllm.orchestrator.storage.PayoutRows.BatchMove;
import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.BatchState;
import com.peerllm.orchestrator.storage.PayoutRows.LineMove;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import com.peerllm.orchestrator.storage.PayoutStore;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Moves the money of lines of which it was decided, and then writes down that it has moved. Stopped anywhere in between, it does
 * the rest when it is called again: the ledger takes each transfer once.
 */
final class Transit {
    private final PayoutStore store;
    private final Till till;
    private final InstantSource clock;

    Transit(PayoutStore store, Till till, InstantSource clock) {
        this.store = store;
        this.till = till;
        this.clock = clock;
    }

    /** The ledger, as far as payouts need it. */
    interface Till {
        CompletionStage<Void> open(AccountId account);

        CompletionStage<Balance> post(
                TransferId id, LedgerCause cause, AccountId debit, AccountId credit, Credits amount);

        static Till of(Ledger ledger) {
            return new Till() {
                @Override
                public CompletionStage<Void> open(AccountId account) {
                    return ledger.openAccount(account);
                }

                @Override
                public CompletionStage<Balance> post(
                        TransferId id, LedgerCause cause, AccountId debit, AccountId credit, Credits amount) {
                    return ledger.post(id, cause, debit, credit, amount);
                }
            };
        }
    }

    /** @throws PayoutException when the ledger does not take a transfer; those that it took are written down */
    void finish() {
        List<LineRow> unfinished = store.unfinished();
        if (unfinished.isEmpty()) return;
        await(till.open(PayoutIds.TRANSIT));
        await(till.open(PayoutIds.PAID_OUT));
        // All at once, so that the ledger writes them together.
        Map<LineRow, CompletionStage<Balance>> asked = new LinkedHashMap<>();
        for (LineRow line : unfinished) asked.put(line, post(line));
        Map<Long, List<LineMove>> moved = new LinkedHashMap<>();
        Optional<LedgerException> failure = Optional.empty();
        for (Map.Entry<LineRow, CompletionStage<Balance>> each : asked.entrySet()) {
            LineRow line = each.getKey();
            Optional<LedgerException> refused = outcome(each.getValue());
            if (refused.isPresent() && !isTooLittle(line, refused.get())) {
                failure = failure.or(() -> refused);
            } else {
                moved.computeIfAbsent(line.batch(), batch -> new ArrayList<>()).add(step(line, refused));
            }
        }
        moved.forEach(this::write);
        failure.ifPresent(refused -> {
            throw failed(refused);
        });
    }

    private CompletionStage<Balance> post(LineRow line) {
        PayoutIds.Move move = switch (line.state()) {
            case SENDING -> PayoutIds.sent(line);
            case PAYING -> PayoutIds.paid(line);
            case RETURNING -> PayoutIds.returned(line);
            case PROPOSED, HELD_BACK, SENT, PAID, RETURNED ->
                throw new IllegalArgumentException("Nothing is to be moved for a line that is " + line.state());
        };
        return till.post(move.id(), move.cause(), move.debit(), move.credit(), line.amount());
    }

    private static boolean isTooLittle(LineRow line, LedgerException refused) {
        return line.state() == LineState.SENDING && refused.code() == LedgerException.Code.NOT_ALLOWED;
    }

    private LineMove step(LineRow line, Optional<LedgerException> refused) {
        long now = clock.millis();
        if (refused.isPresent()) {
            Optional<String> note = Optional.of("The account has less than this");
            return new LineMove(line.number(), LineState.SENDING, LineState.HELD_BACK, note, now);
        }
        return new LineMove(line.number(), line.state(), end(line.state()), Optional.empty(), now);
    }

    private static LineState end(LineState state) {
        return switch (state) {
            case SENDING -> LineState.SENT;
            case PAYING -> LineState.PAID;
            case RETURNING -> LineState.RETURNED;
            case PROPOSED, HELD_BACK, SENT, PAID, RETURNED -> state;
        };
    }

    private void write(long batch, List<LineMove> moves) {
        store.move(batch, settled(batch, moves), moves);
    }

    /** A batch that the provider has is settled with the last of its lines. */
    private Optional<BatchMove> settled(long number, List<LineMove> moves) {
        BatchRow batch = store.batch(number).orElseThrow();
        if (batch.state() != BatchState.EXPORTED) return Optional.empty();
        Map<Integer, LineState> states = new LinkedHashMap<>();
        for (LineRow line : store.lines(number)) states.put(line.number(), line.state());
        for (LineMove move : moves) states.put(move.number(), move.to());
        boolean open = states.values().stream().anyMatch(state -> state == LineState.SENT || state.isUnfinished());
        return open
                ? Optional.empty()
                : Optional.of(new BatchMove(BatchState.EXPORTED, BatchState.SETTLED, clock.millis(), ""));
    }

    private static Optional<LedgerException> outcome(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
            return Optional.empty();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LedgerException refused) return Optional.of(refused);
            throw e;
        }
    }

    private static void await(CompletionStage<?> stage) {
        outcome(stage).ifPresent(refused -> {
            throw failed(refused);
        });
    }

    private static PayoutException failed(LedgerException refused) {
        boolean mayPass = refused.code() == LedgerException.Code.UNAVAILABLE;
        return new PayoutException(
                mayPass ? PayoutException.Kind.UNAVAILABLE : PayoutException.Kind.CONFLICT,
                "The ledger did not move the money of a payout: " + refused.getMessage(),
                refused);
    }
}
