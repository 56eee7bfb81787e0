package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.ledger.AccountKind;
import com.peerllm.orchestrator.payouts.Claim.Obstacle;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.util.Optional;

/**
 * Who may be paid how much, and when; pure. Earnings are looked at by the day (UTC): those of a day mature when it has been over
 * for as long as {@code maturity}. Of accounts that have earned for longer than {@code newFor}, and of the network itself, all
 * is mature at once.
 *
 * @param threshold the least that is paid out
 * @param maturity how long what a new account earned stays in escrow
 * @param newFor how long after its first earnings an account is new
 */
public record PayoutRules(Credits threshold, Duration maturity, Duration newFor) {
    public static final PayoutRules STANDARD =
            new PayoutRules(Credits.ofDollars(25), Duration.ofDays(7), Duration.ofDays(30));

    private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
    private static final long NANOS_PER_CENT = Credits.NANO_PER_DOLLAR / 100;

    public PayoutRules {
        if (threshold.nanoDollars() < NANOS_PER_CENT)
            throw new IllegalArgumentException("A threshold is a cent or more");
        if (maturity.isNegative() || newFor.isNegative() || maturity.toDays() > 3650 || newFor.toDays() > 36500) {
            throw new IllegalArgumentException("A time of payouts is neither negative nor longer than 3,650 days");
        }
    }

    /** The first day whose earnings are not mature, for those who are new. */
    long firstImmatureDay(long nowMillis) {
        return Math.floorDiv(nowMillis - maturity.toMillis(), MILLIS_PER_DAY);
    }

    /** When the earnings of a day are mature, for those who are new then. */
    long matureAtMillis(long day) {
        return (day + 1) * MILLIS_PER_DAY + maturity.toMillis();
    }

    /** Whether an account is new whose first earnings were on this day. */
    boolean isNew(AccountId account, Optional<Long> firstDay, long nowMillis) {
        if (account.kind().equals(AccountKind.NETWORK.word())) return false;
        return firstDay.filter(day -> nowMillis >= day * MILLIS_PER_DAY + newFor.toMillis())
                .isEmpty();
    }

    /** Whether such accounts are ever paid out: never those of consumers, and never gifts. */
    static boolean mayBePaid(AccountId account) {
        return AccountKind.of(account)
                .filter(kind -> kind == AccountKind.HOST || kind == AccountKind.CREATOR || kind == AccountKind.NETWORK)
                .isPresent();
    }

    Claim claim(Earner earner, long nowMillis) {
        boolean isNew = isNew(earner.account(), earner.firstDay(), nowMillis);
        Credits pending = isNew ? least(earner.recent(), earner.balance()) : Credits.ZERO;
        Credits mature = earner.balance().minus(pending);
        Credits payable = new Credits(mature.nanoDollars() - Math.floorMod(mature.nanoDollars(), NANOS_PER_CENT));
        return new Claim(pending, mature, payable, obstacle(earner, payable));
    }

    private Optional<Obstacle> obstacle(Earner earner, Credits payable) {
        if (!mayBePaid(earner.account())) {
            throw new IllegalArgumentException("Nothing is ever paid out of " + earner.account());
        }
        if (payable.compareTo(threshold) < 0) return Optional.of(new Obstacle.BelowThreshold(threshold));
        return hindrance(earner);
    }

    /** What keeps an account from being paid, however much it has. */
    private static Optional<Obstacle> hindrance(Earner earner) {
        if (earner.blockedReason().isPresent()) {
            return earner.blockedReason().map(Obstacle.Blocked::new);
        }
        return earner.hasPayee() ? Optional.empty() : Optional.of(new Obstacle.NoPayee());
    }

    /** Why an amount that was proposed cannot be paid any more; empty when it still can. */
    Optional<Obstacle> objection(Earner earner, Credits proposed, long nowMillis) {
        Optional<Obstacle> hindrance = hindrance(earner);
        if (hindrance.isPresent()) return hindrance;
        boolean enough = claim(earner, nowMillis).payable().compareTo(proposed) >= 0;
        return enough ? Optional.empty() : Optional.of(new Obstacle.NotMature(proposed));
    }

    private static Credits least(Credits one, Credits other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
