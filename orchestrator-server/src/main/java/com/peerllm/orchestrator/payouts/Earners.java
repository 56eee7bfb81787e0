package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.ledger.AccountKind;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.EarningsStore;
import com.peerllm.orchestrator.storage.HostStore;
import com.peerllm.orchestrator.storage.PayoutRows.EarnedDay;
import com.peerllm.orchestrator.storage.PayoutRows.EarnerRow;
import com.peerllm.orchestrator.storage.PayoutRows.EarningsRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.Credits;
import java.util.List;
import java.util.Optional;

/** Who has earned what, and may be paid. */
final class Earners {
    private final EarningsStore earnings;
    private final HostStore hosts;
    private final PayeeFolder payees;
    private final PayoutRules rules;

    Earners(Database database, PayeeFolder payees, PayoutRules rules) {
        this.earnings = database.earnings();
        this.hosts = database.hosts();
        this.payees = payees;
        this.rules = rules;
    }

    /** Those who have at least the threshold, the richest first. */
    List<Earner> all(long nowMillis) {
        return earnings.earners(rules.threshold(), rules.firstImmatureDay(nowMillis)).stream()
                .map(this::earner)
                .toList();
    }

    Optional<EarningsRow> earnings(AccountId account) {
        return earnings.of(account);
    }

    Earner of(AccountId account, EarningsRow row, long nowMillis) {
        long immature = rules.firstImmatureDay(nowMillis);
        Credits recent = row.days().stream()
                .filter(day -> day.day() >= immature)
                .map(EarnedDay::amount)
                .reduce(Credits.ZERO, Credits::plus);
        Optional<Long> first = row.days().stream().findFirst().map(EarnedDay::day);
        return earner(new EarnerRow(account, row.balance(), first, recent));
    }

    private Earner earner(EarnerRow row) {
        return new Earner(
                row.account(),
                row.balance(),
                row.firstDay(),
                row.recent(),
                blockedReason(row.account()),
                payees.find(row.account()).isPresent());
    }

    private Optional<String> blockedReason(AccountId account) {
        if (!account.kind().equals(AccountKind.HOST.word())) return Optional.empty();
        return hosts.find(new HostId(account.name())).flatMap(HostStore.HostRow::blockedReason);
    }

    /** The first account whose earnings contradict the journal. */
    Optional<String> contradiction() {
        return earnings.contradiction();
    }
}
