package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.ExplorerStore.DayRow;
import com.peerllm.orchestrator.storage.ExplorerStore.Earlier;
import com.peerllm.orchestrator.storage.ExplorerStore.EntrySum;
import com.peerllm.orchestrator.storage.ExplorerStore.HostEntry;
import com.peerllm.orchestrator.storage.ExplorerStore.HostRow;
import com.peerllm.orchestrator.storage.ExplorerStore.KindSum;
import com.peerllm.orchestrator.storage.ExplorerStore.ModelRow;
import com.peerllm.orchestrator.storage.ExplorerStore.RecentRow;
import com.peerllm.orchestrator.storage.ExplorerStore.Tables;
import com.peerllm.orchestrator.storage.ExplorerStore.Totals;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.LogTally.CauseSum;
import com.peerllm.orchestrator.storage.LogTally.HostDay;
import com.peerllm.orchestrator.storage.LogTally.ModelDay;
import com.peerllm.orchestrator.storage.LogTally.PaidModel;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The queries of the explorer. */
final class ExplorerSql {
    private static final String PAID = String.join(", ", ExplorerInsertion.PAID);
    private static final String OF_HOST = String.join(", ", ExplorerInsertion.OF_HOST);

    private ExplorerSql() {}

    static Totals totals(Handle handle) {
        Map<String, CauseSum> causes = new TreeMap<>();
        handle.createQuery("select cause, entries, amount from explorer_cause")
                .map((row, context) -> causes.put(
                        row.getString(1),
                        new CauseSum(row.getLong(2), row.getBigDecimal(3).toBigIntegerExact())))
                .list();
        Map<String, KindSum> kinds = kinds(handle, "select kind, accounts, balance from explorer_kind");
        return handle.createQuery("select leaves, jobs, hosts, earlier_payments, earlier_charged, " + PAID
                        + " from explorer_total")
                .map((row, context) -> new Totals(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        paid(row, 6),
                        new Earlier(row.getLong(4), new Credits(row.getLong(5))),
                        causes,
                        kinds))
                .one();
    }

    private static Map<String, KindSum> kinds(Handle handle, String query) {
        Map<String, KindSum> kinds = new TreeMap<>();
        handle.createQuery(query)
                .map((row, context) ->
                        kinds.put(row.getString(1), new KindSum(row.getLong(2), new Credits(row.getLong(3)))))
                .list();
        return kinds;
    }

    /** The first condition is one range of the index, which also gives the order. */
    static List<HostRow> hostsByShare(Handle handle, Optional<HostRow> after, int atMost) {
        Query query = handle.createQuery("select host, " + OF_HOST + " from explorer_host "
                + after.map(any -> "where host_share <= :share and (host_share < :share or host > :host) ")
                        .orElse("")
                + "order by host_share desc, host fetch first :most rows only");
        after.ifPresent(
                last -> query.bind("share", last.sums().paid().hostShare().nanoDollars())
                        .bind("host", last.host().value()));
        return query.bind("most", atMost)
                .map((row, context) -> new HostRow(new HostId(row.getString(1)), ofHost(row, 2)))
                .list();
    }

    static Optional<HostSums> host(Handle handle, HostId host) {
        return handle.createQuery("select " + OF_HOST + " from explorer_host where host = :host")
                .bind("host", host.value())
                .map((row, context) -> ofHost(row, 1))
                .findOne();
    }

    static List<HostId> hostsNamed(Handle handle, String pseudonym, int atMost) {
        return handle.createQuery("select host from explorer_host where pseudonym = :name fetch first :most rows only")
                .bind("name", pseudonym)
                .bind("most", atMost)
                .map((row, context) -> new HostId(row.getString(1)))
                .list();
    }

    static List<DayRow> days(Handle handle, HostId host, int beforeEpochDay, int atMost) {
        return handle.createQuery("select epoch_day, " + OF_HOST + " from explorer_host_day"
                        + " where host = :host and epoch_day < :before"
                        + " order by epoch_day desc fetch first :most rows only")
                .bind("host", host.value())
                .bind("before", beforeEpochDay)
                .bind("most", atMost)
                .map((row, context) -> new DayRow(row.getInt(1), ofHost(row, 2)))
                .list();
    }

    static List<HostEntry> entries(Handle handle, HostId host, long fromNumber, long endNumber) {
        Map<Long, Long> numberOfLeaf = new HashMap<>();
        handle.createQuery("select number, leaf_index from explorer_host_entry"
                        + " where host = :host and number >= :from and number < :end")
                .bind("host", host.value())
                .bind("from", fromNumber)
                .bind("end", endNumber)
                .map((row, context) -> numberOfLeaf.put(row.getLong(2), row.getLong(1)))
                .list();
        List<HostEntry> entries = new ArrayList<>();
        for (LeafRow leaf : LeafStore.numbered(handle, List.copyOf(numberOfLeaf.keySet()))) {
            entries.add(new HostEntry(numberOfLeaf.get(leaf.index()), leaf));
        }
        return entries;
    }

    static List<ModelRow> modelsByCharged(Handle handle, Optional<ModelRow> after, int atMost) {
        Query query = handle.createQuery("select model, digest, " + PAID + " from explorer_model "
                + after.map(any -> "where charged <= :charged and (charged < :charged or model > :model"
                                + " or (model = :model and digest > :digest)) ")
                        .orElse("")
                + "order by charged desc, model, digest fetch first :most rows only");
        after.ifPresent(last -> query.bind("charged", last.sums().charged().nanoDollars())
                .bind("model", last.model().model().value())
                .bind("digest", last.model().digest().hex()));
        return query.bind("most", atMost)
                .map((row, context) -> new ModelRow(model(row), paid(row, 3)))
                .list();
    }

    /** One range of the key's days; all hosts of a file stand together in each of them. */
    static List<RecentRow> modelsSince(Handle handle, int firstEpochDay, int atMost) {
        return handle.createQuery("select digest, sum(host_share), count(distinct host) from explorer_model_day"
                        + " where epoch_day >= :first group by digest"
                        + " order by 2 desc, digest fetch first :most rows only")
                .bind("first", firstEpochDay)
                .bind("most", atMost)
                .map((row, context) -> new RecentRow(
                        new ModelDigest(row.getString(1)),
                        new Credits(row.getBigDecimal(2).longValueExact()),
                        row.getLong(3)))
                .list();
    }

    static List<Long> leavesOf(Handle handle, JobId job) {
        return handle.createQuery(
                        "select leaf_index from receipt where job = :job and leaf_index is not null order by leaf_index")
                .bind("job", job.value())
                .mapTo(Long.class)
                .list();
    }

    static Tables tables(Handle handle) {
        Map<HostId, HostSums> hosts = new HashMap<>();
        handle.createQuery("select host, " + OF_HOST + " from explorer_host")
                .map((row, context) -> hosts.put(new HostId(row.getString(1)), ofHost(row, 2)))
                .list();
        Map<HostDay, HostSums> days = new HashMap<>();
        handle.createQuery("select host, epoch_day, " + OF_HOST + " from explorer_host_day")
                .map((row, context) ->
                        days.put(new HostDay(new HostId(row.getString(1)), row.getInt(2)), ofHost(row, 3)))
                .list();
        Map<PaidModel, PaymentSums> models = new HashMap<>();
        handle.createQuery("select model, digest, " + PAID + " from explorer_model")
                .map((row, context) -> models.put(model(row), paid(row, 3)))
                .list();
        Map<ModelDay, Credits> modelDays = new HashMap<>();
        handle.createQuery("select epoch_day, digest, host, host_share from explorer_model_day")
                .map((row, context) -> modelDays.put(
                        new ModelDay(row.getInt(1), new ModelDigest(row.getString(2)), new HostId(row.getString(3))),
                        new Credits(row.getLong(4))))
                .list();
        Map<HostId, EntrySum> entries = new HashMap<>();
        handle.createQuery("select host, count(*), sum(cast(number as numeric(38, 0)) * leaf_index)"
                        + " from explorer_host_entry group by host")
                .map((row, context) -> entries.put(
                        new HostId(row.getString(1)),
                        new EntrySum(row.getLong(2), row.getBigDecimal(3).toBigIntegerExact())))
                .list();
        Map<String, KindSum> accounts = kinds(handle, """
                        select substring(id from 1 for position(':' in id) - 1), count(*), sum(credits_posted - debits_posted)
                        from account group by substring(id from 1 for position(':' in id) - 1)""");
        return new Tables(
                totals(handle),
                LedgerStore.head(handle).leafCount(),
                accounts,
                hosts,
                days,
                models,
                modelDays,
                entries);
    }

    private static PaidModel model(ResultSet row) throws SQLException {
        return new PaidModel(new ModelId(row.getString(1)), new ModelDigest(row.getString(2)));
    }

    private static HostSums ofHost(ResultSet row, int first) throws SQLException {
        return new HostSums(
                paid(row, first + 1),
                row.getLong(first),
                new Credits(row.getLong(first + 8)),
                new Credits(row.getLong(first + 9)));
    }

    private static PaymentSums paid(ResultSet row, int first) throws SQLException {
        return new PaymentSums(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                new Credits(row.getLong(first + 3)),
                new Credits(row.getLong(first + 4)),
                new Credits(row.getLong(first + 5)),
                new Credits(row.getLong(first + 6)));
    }
}
