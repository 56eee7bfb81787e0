package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.LogTally.CauseSum;
import com.peerllm.orchestrator.storage.LogTally.HostDay;
import com.peerllm.orchestrator.storage.LogTally.ModelDay;
import com.peerllm.orchestrator.storage.LogTally.PaidModel;
import com.peerllm.orchestrator.storage.SumRows.Addition;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.transparency.LogLeaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Adds what is new in the journal to the tables of the explorer, inside a transaction of its caller. */
final class ExplorerInsertion {
    static final List<String> PAID = List.of(
            "payments",
            "prompt_tokens",
            "completion_tokens",
            "charged",
            "host_share",
            "network_share",
            "creator_share");
    static final List<String> OF_HOST = with(List.of("entries"), PAID, List.of("payout_sent", "payout_returned"));

    private final Handle handle;

    ExplorerInsertion(Handle handle) {
        this.handle = handle;
    }

    private record NumberedLeaf(long index, Optional<LogLeaf> leaf) {}

    void add(JournalBatch batch) {
        addKinds(batch);
        addEarlier(batch.receipts());
        List<NumberedLeaf> leaves = new ArrayList<>();
        for (Receipt receipt : batch.receipts()) {
            receipt.leaf()
                    .ifPresent(index -> leaves.add(new NumberedLeaf(index, Optional.of(LogTally.payment(receipt)))));
        }
        batch.leaves().ifPresent(step -> step.texts().forEach(text -> leaves.add(read(text))));
        leaves.sort((one, other) -> Long.compare(one.index(), other.index()));
        addModelDays(addInOrder(leaves).modelDays());
    }

    /**
     * All sums but those of models by day, whose table came later and has a filling of its own.
     *
     * @param leaves in order, following those that were added before
     */
    void addLeaves(List<LeafRow> leaves) {
        addInOrder(leaves.stream().map(ExplorerInsertion::read).toList());
    }

    /** Only the sums of models by day. */
    void addModelDays(List<LeafRow> leaves) {
        LogTally tally = new LogTally(Optional.empty());
        leaves.forEach(leaf -> tally.add(LogTally.read(leaf.text())));
        addModelDays(tally.modelDays());
    }

    private static NumberedLeaf read(LeafRow row) {
        return new NumberedLeaf(row.index(), LogTally.read(row.text()));
    }

    private LogTally addInOrder(List<NumberedLeaf> leaves) {
        LogTally tally = new LogTally(lastJob());
        if (leaves.isEmpty()) return tally;
        Map<HostId, List<Long>> named = new TreeMap<>();
        for (NumberedLeaf leaf : leaves) {
            tally.add(leaf.leaf())
                    .ifPresent(host -> named.computeIfAbsent(host, any -> new ArrayList<>())
                            .add(leaf.index()));
        }
        addCauses(tally.causes());
        addDays(tally.days());
        addModels(tally.models());
        long newHosts = addHosts(tally.hosts(), named);
        addTotal(tally, newHosts);
        return tally;
    }

    private Optional<JobId> lastJob() {
        return handle.createQuery("select last_job from explorer_total")
                .map((row, context) -> Optional.ofNullable(row.getString(1)).map(JobId::new))
                .one();
    }

    private void addTotal(LogTally tally, long newHosts) {
        List<Object> sums = new ArrayList<>(List.of(tally.leaves(), tally.jobs(), newHosts));
        sums.addAll(values(tally.paid()));
        new SumRows(
                        handle,
                        "explorer_total",
                        List.of("only_row"),
                        with(List.of("leaves", "jobs", "hosts"), PAID, List.of()))
                .add(List.of(new Addition(List.of(1), sums)));
        tally.lastJob()
                .ifPresent(job -> handle.createUpdate("update explorer_total set last_job = :job")
                        .bind("job", job.value())
                        .execute());
    }

    private void addCauses(Map<String, CauseSum> causes) {
        List<Addition> additions = new ArrayList<>();
        causes.forEach((cause, sum) -> additions.add(
                new Addition(List.of(cause), List.of(sum.entries(), new java.math.BigDecimal(sum.amount())))));
        new SumRows(handle, "explorer_cause", List.of("cause"), List.of("entries", "amount")).add(additions);
    }

    private void addDays(Map<HostDay, HostSums> days) {
        List<Addition> additions = new ArrayList<>();
        days.forEach(
                (day, sums) -> additions.add(new Addition(List.of(day.host().value(), day.epochDay()), values(sums))));
        new SumRows(handle, "explorer_host_day", List.of("host", "epoch_day"), OF_HOST).add(additions);
    }

    private void addModels(Map<PaidModel, PaymentSums> models) {
        List<Addition> additions = new ArrayList<>();
        models.forEach((model, sums) -> additions.add(
                new Addition(List.of(model.model().value(), model.digest().hex()), values(sums))));
        new SumRows(handle, "explorer_model", List.of("model", "digest"), PAID).add(additions);
    }

    private void addModelDays(Map<ModelDay, Credits> days) {
        List<Addition> additions = new ArrayList<>();
        days.forEach((day, share) -> additions.add(new Addition(
                List.of(day.epochDay(), day.digest().hex(), day.host().value()), List.of(share.nanoDollars()))));
        new SumRows(handle, "explorer_model_day", List.of("epoch_day", "digest", "host"), List.of("host_share"))
                .add(additions);
    }

    /** @return how many of them are new */
    private long addHosts(Map<HostId, HostSums> hosts, Map<HostId, List<Long>> named) {
        if (hosts.isEmpty()) return 0;
        Map<String, Long> before = entriesBefore(hosts);
        List<Addition> known = new ArrayList<>();
        List<Addition> fresh = new ArrayList<>();
        hosts.forEach((host, sums) -> {
            if (before.containsKey(host.value())) known.add(new Addition(List.of(host.value()), values(sums)));
            else fresh.add(new Addition(List.of(host.value(), host.pseudonym()), values(sums)));
        });
        new SumRows(handle, "explorer_host", List.of("host"), OF_HOST).add(known);
        new SumRows(handle, "explorer_host", List.of("host", "pseudonym"), OF_HOST).insert(fresh);
        PreparedBatch rows = handle.prepareBatch("insert into explorer_host_entry values (?, ?, ?)");
        named.forEach((host, indexes) -> {
            long number = before.getOrDefault(host.value(), 0L);
            for (long index : indexes)
                rows.bind(0, host.value()).bind(1, ++number).bind(2, index).add();
        });
        rows.execute();
        return fresh.size();
    }

    private Map<String, Long> entriesBefore(Map<HostId, HostSums> hosts) {
        Map<String, Long> entries = new HashMap<>();
        handle.createQuery("select host, entries from explorer_host where host in (<hosts>)")
                .bindList("hosts", hosts.keySet().stream().map(HostId::value).toList())
                .map((row, context) -> entries.put(row.getString(1), row.getLong(2)))
                .list();
        return entries;
    }

    private void addKinds(JournalBatch batch) {
        Map<String, long[]> kinds = new TreeMap<>();
        batch.opened().forEach(account -> of(kinds, account.id())[0]++);
        for (TransferRow transfer : batch.transfers()) {
            if (transfer.phase() != Phase.POST) continue;
            of(kinds, transfer.debit())[1] -= transfer.amount().nanoDollars();
            of(kinds, transfer.credit())[1] += transfer.amount().nanoDollars();
        }
        List<Addition> additions = new ArrayList<>();
        kinds.forEach((kind, sums) -> additions.add(new Addition(List.of(kind), List.of(sums[0], sums[1]))));
        new SumRows(handle, "explorer_kind", List.of("kind"), List.of("accounts", "balance")).add(additions);
    }

    private static long[] of(Map<String, long[]> kinds, AccountId account) {
        return kinds.computeIfAbsent(account.kind(), any -> new long[2]);
    }

    /** Receipts of before the log, which an old change log may bring again. */
    private void addEarlier(List<Receipt> receipts) {
        List<Receipt> earlier =
                receipts.stream().filter(receipt -> receipt.leaf().isEmpty()).toList();
        if (earlier.isEmpty()) return;
        Credits charged = earlier.stream().map(Receipt::charged).reduce(Credits.ZERO, Credits::plus);
        new SumRows(handle, "explorer_total", List.of("only_row"), List.of("earlier_payments", "earlier_charged"))
                .add(List.of(new Addition(List.of(1), List.of((long) earlier.size(), charged.nanoDollars()))));
    }

    private static List<Object> values(PaymentSums paid) {
        return List.of(
                paid.payments(),
                paid.promptTokens(),
                paid.completionTokens(),
                paid.charged().nanoDollars(),
                paid.hostShare().nanoDollars(),
                paid.networkShare().nanoDollars(),
                paid.creatorShare().nanoDollars());
    }

    private static List<Object> values(HostSums sums) {
        List<Object> values = new ArrayList<>(List.of(sums.entries()));
        values.addAll(values(sums.paid()));
        values.add(sums.payoutSent().nanoDollars());
        values.add(sums.payoutReturned().nanoDollars());
        return values;
    }

    private static List<String> with(List<String> before, List<String> columns, List<String> after) {
        List<String> all = new ArrayList<>(before);
        all.addAll(columns);
        all.addAll(after);
        return List.copyOf(all);
    }
}
