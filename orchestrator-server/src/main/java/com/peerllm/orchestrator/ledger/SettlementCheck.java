package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.shared.money.Credits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows the journal line by line and checks that each settlement is paid exactly, exactly once. */
final class SettlementCheck {
    private final Map<Long, SettlementRow> expected = new HashMap<>();
    private Optional<SettlementRow> current = Optional.empty();
    private Credits paid = Credits.ZERO;
    private long count;

    /** The settlements that the coming lines must contain. */
    void expect(List<SettlementRow> settlements) {
        settlements.forEach(settlement -> expected.put(settlement.seq(), settlement));
    }

    /** @return what is wrong with this line, or with the settlement that it shows to be complete */
    Optional<String> next(TransferRow line) {
        if (!line.cause().equals(Replay.SETTLEMENT)) return complete();
        return line.phase() == Phase.RELEASE ? complete().or(() -> begin(line)) : pay(line);
    }

    private Optional<String> begin(TransferRow line) {
        SettlementRow settlement = expected.remove(line.seq());
        if (settlement == null) return Optional.of("no settlement belongs to it");
        String end = TransferId.holdOf(settlement.job()).end().value();
        if (!line.id().equals(end)
                || !line.debit().equals(settlement.consumer())
                || !line.amount().equals(settlement.held())) {
            return Optional.of("the settlement of " + settlement.job() + " does not fit it");
        }
        current = Optional.of(settlement);
        paid = Credits.ZERO;
        count++;
        return Optional.empty();
    }

    private Optional<String> pay(TransferRow line) {
        if (current.isEmpty()
                || !line.id().startsWith(current.get().job() + "/")
                || !line.debit().equals(current.get().consumer())) {
            return Optional.of("it belongs to no settlement");
        }
        paid = paid.plus(line.amount());
        return Optional.empty();
    }

    private Optional<String> complete() {
        if (current.isEmpty()) return Optional.empty();
        SettlementRow settlement = current.get();
        current = Optional.empty();
        if (paid.equals(settlement.charged())) return Optional.empty();
        return Optional.of(
                settlement.job() + " was charged " + settlement.charged() + ", but " + paid + " was paid out");
    }

    /** @return what is wrong now that no line follows */
    Optional<String> end() {
        return complete()
                .or(() -> expected.values().stream()
                        .findFirst()
                        .map(settlement -> "The journal has no lines for the settlement of " + settlement.job()));
    }

    long count() {
        return count;
    }
}
