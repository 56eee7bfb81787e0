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
    private Credits released = Credits.ZERO;
    private Credits gift = Credits.ZERO;
    private Credits giftPaid = Credits.ZERO;
    private Credits paid = Credits.ZERO;
    private long count;

    /** The settlements that the coming lines must contain. */
    void expect(List<SettlementRow> settlements) {
        settlements.forEach(settlement -> expected.put(settlement.seq(), settlement));
    }

    /** @return what is wrong with this line, or with the settlement that it shows to be complete */
    Optional<String> next(TransferRow line) {
        if (line.cause().equals(LedgerCause.PROMO_SPENT.word())) return payGift(line);
        if (!line.cause().equals(Replay.SETTLEMENT)) return complete();
        if (line.phase() != Phase.RELEASE) return pay(line);
        return endsGiftOfCurrent(line) ? releaseGift(line) : complete().or(() -> begin(line));
    }

    private Optional<String> begin(TransferRow line) {
        SettlementRow settlement = expected.remove(line.seq());
        if (settlement == null) return Optional.of("no settlement belongs to it");
        String end = TransferId.holdOf(settlement.job()).end().value();
        if (!line.id().equals(end)
                || !line.debit().equals(settlement.consumer())
                || line.amount().compareTo(settlement.held()) > 0) {
            return Optional.of("the settlement of " + settlement.job() + " does not fit it");
        }
        current = Optional.of(settlement);
        released = line.amount();
        gift = Credits.ZERO;
        giftPaid = Credits.ZERO;
        paid = Credits.ZERO;
        count++;
        return Optional.empty();
    }

    private boolean endsGiftOfCurrent(TransferRow line) {
        return current.isPresent()
                && line.id()
                        .equals(TransferId.holdOf(current.get().job())
                                .promoPart()
                                .end()
                                .value());
    }

    private Optional<String> releaseGift(TransferRow line) {
        if (!line.debit().equals(AccountKind.promoOf(current.get().consumer()))) {
            return Optional.of("it ends a hold of gifts that are not the consumer's");
        }
        released = released.plus(line.amount());
        gift = line.amount();
        return Optional.empty();
    }

    /** Gifts are spent in settlements only, for their own consumer, and before its own money. */
    private Optional<String> payGift(TransferRow line) {
        if (current.isEmpty()
                || !line.id()
                        .equals(TransferId.promoSpentOn(current.get().job()).value())
                || !line.credit().equals(current.get().consumer())
                || !line.debit().equals(AccountKind.promoOf(current.get().consumer()))) {
            return Optional.of("it spends a gift outside of its settlement");
        }
        giftPaid = line.amount();
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
        if (!paid.equals(settlement.charged())) {
            return Optional.of(
                    settlement.job() + " was charged " + settlement.charged() + ", but " + paid + " was paid out");
        }
        if (!released.equals(settlement.held())) {
            return Optional.of("the settlement of " + settlement.job() + " does not fit it: " + settlement.held()
                    + " was held, " + released + " released");
        }
        Credits giftOwed = gift.compareTo(settlement.charged()) < 0 ? gift : settlement.charged();
        if (giftPaid.equals(giftOwed)) return Optional.empty();
        return Optional.of("gifts paid " + giftPaid + " of " + settlement.job() + ", and should have paid " + giftOwed);
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
