package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.PayoutRows.EarnedDay;
import com.peerllm.orchestrator.storage.PayoutRows.EarnerRow;
import com.peerllm.orchestrator.storage.PayoutRows.EarningsRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What accounts earned on each day, which follows from the settlements of the journal and is written together with them. Amounts
 * and balances of one answer are of one moment, because one statement reads them.
 */
public final class EarningsStore {
    private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
    /** The cause of a settlement's lines in the journal. */
    private static final String SETTLEMENT = "settlement";

    private static final Set<String> EARNING = Set.of("host", "creator", "network");

    private final Database database;

    EarningsStore(Database database) {
        this.database = database;
    }

    /**
     * Those who have at least so much, the richest first.
     *
     * @param recentFromDay the first day that counts as recent, days since 1970 UTC
     */
    public List<EarnerRow> earners(Credits least, long recentFromDay) {
        return database.read(handle -> handle.createQuery("""
                        select a.id, a.credits_posted - a.debits_posted,
                            (select min(e.earned_on) from earned_day e where e.account = a.id),
                            (select coalesce(sum(e.amount), 0) from earned_day e
                                where e.account = a.id and e.earned_on >= :from)
                        from account a
                        where a.credits_posted - a.debits_posted >= :least
                            and (a.id like 'host:%' or a.id like 'creator:%' or a.id like 'network:%')
                        order by 2 desc, 1""")
                .bind("from", recentFromDay)
                .bind("least", least.nanoDollars())
                .map((row, context) -> new EarnerRow(
                        new AccountId(row.getString(1)),
                        new Credits(row.getLong(2)),
                        Optional.ofNullable(row.getObject(3, Long.class)),
                        PayoutStore.credits(row.getBigDecimal(4))))
                .list());
    }

    /** What an account earned day by day, the oldest first; empty when it is not open. */
    public Optional<EarningsRow> of(AccountId account) {
        List<DayOfAccount> rows = database.read(handle -> handle.createQuery("""
                        select a.credits_posted - a.debits_posted, e.earned_on, e.amount
                        from account a left join earned_day e on e.account = a.id
                        where a.id = :account order by e.earned_on""")
                .bind("account", account.value())
                .map((row, context) -> day(row))
                .list());
        if (rows.isEmpty()) return Optional.empty();
        List<EarnedDay> days =
                rows.stream().map(DayOfAccount::day).flatMap(Optional::stream).toList();
        return Optional.of(new EarningsRow(rows.getFirst().balance(), days));
    }

    private record DayOfAccount(Credits balance, Optional<EarnedDay> day) {}

    private static DayOfAccount day(ResultSet row) throws SQLException {
        Credits balance = new Credits(row.getLong(1));
        Long day = row.getObject(2, Long.class);
        return new DayOfAccount(
                balance, day == null ? Optional.empty() : Optional.of(new EarnedDay(day, new Credits(row.getLong(3)))));
    }

    /** The first account whose days do not add up to what the journal's settlements gave it. */
    public Optional<String> contradiction() {
        return database.read(
                handle -> handle.createQuery("""
                        select account from (
                            select account, amount from earned_day
                            union all
                            select credit_account, -amount from transfer
                            where phase = 'P' and cause = 'settlement' and (credit_account like 'host:%'
                                or credit_account like 'creator:%' or credit_account like 'network:%')
                        ) both_sides group by account having sum(amount) <> 0 order by account limit 1""").mapTo(String.class).findFirst());
    }

    /** Adds a batch's settlements to the days; in the transaction of the batch. */
    static void count(Handle handle, List<TransferRow> transfers) {
        Map<Key, Long> sums = new TreeMap<>();
        for (TransferRow transfer : transfers) {
            boolean earned = transfer.phase() == Phase.POST
                    && transfer.cause().equals(SETTLEMENT)
                    && EARNING.contains(transfer.credit().kind());
            if (!earned) continue;
            long day = transfer.madeAtMillis() / MILLIS_PER_DAY;
            sums.merge(
                    new Key(transfer.credit().value(), day), transfer.amount().nanoDollars(), Math::addExact);
        }
        if (sums.isEmpty()) return;
        List<Key> keys = new ArrayList<>(sums.keySet());
        PreparedBatch more =
                handle.prepareBatch("update earned_day set amount = amount + ? where account = ? and earned_on = ?");
        for (Key key : keys) {
            more.bind(0, sums.get(key))
                    .bind(1, key.account())
                    .bind(2, key.day())
                    .add();
        }
        int[] known = more.execute();
        PreparedBatch first = handle.prepareBatch("insert into earned_day values (?, ?, ?)");
        for (int i = 0; i < known.length; i++) {
            if (known[i] > 0) continue;
            Key key = keys.get(i);
            first.bind(0, key.account())
                    .bind(1, key.day())
                    .bind(2, sums.get(key))
                    .add();
        }
        if (first.size() > 0) first.execute();
    }

    private record Key(String account, long day) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byAccount = account.compareTo(other.account);
            return byAccount != 0 ? byAccount : Long.compare(day, other.day);
        }
    }
}
