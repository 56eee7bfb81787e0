package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.money.Credits;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What each API key has spent and set aside, beside the {@link Book} and under its lock. Follows from the settlements,
 * which name their key, and is counted again from them at each start. No clock, no disk, no threads.
 *
 * <p>A charge counts in the day and month of its settlement. What is set aside counts in whatever period is now, because
 * its charge, which is never more, will fall into this one or a later one. So the charges of a period never pass a limit
 * that was kept at every hold.
 */
final class SpendingBook {
    private final Map<String, Spent> keys = new HashMap<>();
    private final Map<TransferId, Held> holds = new HashMap<>();

    private record Held(String keyId, Credits amount) {}

    /** Whether a key with this limit may set so much more aside; its spending when it may not. */
    Optional<KeySpending> refusal(Payer payer, Credits amount, Instant now) {
        if (payer.limit().isEmpty()) return Optional.empty();
        SpendLimit limit = payer.limit().get();
        KeySpending spending = of(payer.keyId().orElseThrow(), now);
        return left(limit, spending).compareTo(amount) >= 0 ? Optional.empty() : Optional.of(spending);
    }

    /** What may still be set aside; negative when a limit was lowered below what is spent. */
    static Credits left(SpendLimit limit, KeySpending spending) {
        return limit.most().minus(spending.spentIn(limit.period())).minus(spending.held());
    }

    void held(TransferId hold, Payer payer, Credits amount) {
        payer.keyId().ifPresent(key -> {
            holds.put(hold, new Held(key, amount));
            Spent spent = keys.computeIfAbsent(key, any -> new Spent());
            spent.held = spent.held.plus(amount);
        });
    }

    /** Which key set this aside. */
    Optional<String> keyOf(TransferId hold) {
        return Optional.ofNullable(holds.get(hold)).map(Held::keyId);
    }

    /** Nothing is set aside by this hold any more; what was charged instead is counted by {@link #charged}. */
    void ended(TransferId hold) {
        Held ended = holds.remove(hold);
        if (ended == null) return;
        Spent spent = keys.get(ended.keyId());
        spent.held = spent.held.minus(ended.amount());
    }

    void charged(String keyId, Credits amount, Instant at) {
        keys.computeIfAbsent(keyId, any -> new Spent()).charge(amount, dayOf(at));
    }

    KeySpending of(String keyId, Instant now) {
        Spent spent = keys.get(keyId);
        return spent == null ? KeySpending.NOTHING : spent.on(dayOf(now));
    }

    private static LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    /** The sums of one key, of the last day on which it was charged and that day's month. */
    private static final class Spent {
        private Credits total = Credits.ZERO;
        private Credits today = Credits.ZERO;
        private Credits thisMonth = Credits.ZERO;
        private Credits held = Credits.ZERO;
        private LocalDate day = LocalDate.MIN;

        /** A clock that went back over midnight does not bring the day before back; one that was years ahead is forgotten. */
        void charge(Credits amount, LocalDate on) {
            KeySpending before = on(on);
            total = total.plus(amount);
            today = before.today().plus(amount);
            thisMonth = before.thisMonth().plus(amount);
            if (!isSameDay(on) || on.isAfter(day)) day = on;
        }

        private boolean isSameDay(LocalDate now) {
            return now.equals(day) || now.plusDays(1).equals(day);
        }

        KeySpending on(LocalDate now) {
            boolean sameDay = isSameDay(now);
            boolean sameMonth = sameDay || now.getYear() == day.getYear() && now.getMonth() == day.getMonth();
            return new KeySpending(total, sameDay ? today : Credits.ZERO, sameMonth ? thisMonth : Credits.ZERO, held);
        }
    }
}
