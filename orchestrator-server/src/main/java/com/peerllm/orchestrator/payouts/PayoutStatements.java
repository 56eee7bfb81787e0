package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.storage.PayoutRows.EarnedDay;
import com.peerllm.orchestrator.storage.PayoutRows.EarningsRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import com.peerllm.orchestrator.storage.PayoutStore;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.payout.PayeeDetails;
import com.peerllm.shared.payout.PayoutStatement;
import com.peerllm.shared.payout.PayoutStatement.Maturing;
import com.peerllm.shared.payout.PayoutStatement.Next;
import com.peerllm.shared.payout.PayoutStatement.Payout;
import com.peerllm.shared.payout.PayoutStatement.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells a host what it is owed and was paid. Wants no command to run meanwhile, so that its sums fit each other. */
final class PayoutStatements {
    private static final String CURRENCY = "USD";
    private static final int MOST_PAYOUTS = 100;

    private final PayoutStore store;
    private final Earners earners;
    private final PayeeFolder payees;
    private final PayoutRules rules;
    private final InstantSource clock;

    PayoutStatements(PayoutStore store, Earners earners, PayeeFolder payees, PayoutRules rules, InstantSource clock) {
        this.store = store;
        this.earners = earners;
        this.payees = payees;
        this.rules = rules;
        this.clock = clock;
    }

    Optional<PayoutStatement> of(String orchestrator, HostId host) {
        AccountId account = AccountId.ofHost(host);
        return earners.earnings(account).map(row -> statement(orchestrator, host, account, row));
    }

    private PayoutStatement statement(String orchestrator, HostId host, AccountId account, EarningsRow row) {
        long now = clock.millis();
        Earner earner = earners.of(account, row, now);
        Claim claim = rules.claim(earner, now);
        Map<LineState, Credits> sums = store.sums(account);
        Credits inTransit =
                sum(sums, LineState.SENT).plus(sum(sums, LineState.PAYING)).plus(sum(sums, LineState.RETURNING));
        return new PayoutStatement(
                orchestrator,
                host,
                now,
                CURRENCY,
                row.days().stream().map(EarnedDay::amount).reduce(Credits.ZERO, Credits::plus),
                claim.pending(),
                claim.mature(),
                inTransit,
                sum(sums, LineState.PAID),
                rules.threshold(),
                payees.find(account).map(PayeeDetails::method),
                earner.blockedReason(),
                next(earner, claim),
                claim.pending().isZero() ? List.of() : maturing(row, now),
                store.paidTo(account, MOST_PAYOUTS).stream()
                        .map(PayoutStatements::payout)
                        .toList());
    }

    private static Credits sum(Map<LineState, Credits> sums, LineState state) {
        return sums.getOrDefault(state, Credits.ZERO);
    }

    private Next next(Earner earner, Claim claim) {
        if (earner.blockedReason().isPresent()) return Next.BLOCKED;
        if (!earner.hasPayee()) return Next.SET_PAYEE;
        if (claim.obstacle().isEmpty()) return Next.NEXT_BATCH;
        return earner.balance().compareTo(rules.threshold()) >= 0 ? Next.WAIT : Next.EARN_MORE;
    }

    /** All is mature at the latest when the host is not new any more. */
    private List<Maturing> maturing(EarningsRow row, long nowMillis) {
        long immature = rules.firstImmatureDay(nowMillis);
        long establishedAt = Duration.ofDays(row.days().getFirst().day()).toMillis()
                + rules.newFor().toMillis();
        return row.days().stream()
                .filter(day -> day.day() >= immature)
                .map(day -> new Maturing(Math.min(rules.matureAtMillis(day.day()), establishedAt), day.amount()))
                .toList();
    }

    private static Payout payout(LineRow line) {
        State state = switch (line.state()) {
            case PAID -> State.PAID;
            case RETURNED -> State.RETURNED;
            default -> State.IN_TRANSIT;
        };
        return new Payout(PayoutIds.of(line), line.amount(), state, line.note(), line.changedAtMillis());
    }
}
