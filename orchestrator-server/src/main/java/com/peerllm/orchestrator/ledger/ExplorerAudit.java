package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.ExplorerStore;
import com.peerllm.orchestrator.storage.ExplorerStore.EntrySum;
import com.peerllm.orchestrator.storage.ExplorerStore.Tables;
import com.peerllm.orchestrator.storage.ExplorerStore.Totals;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.LeafStore;
import com.peerllm.orchestrator.storage.LogTally;
import com.peerllm.shared.identity.HostId;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether the explorer's sums are what the leaves of the log, read one by one, add up to. */
final class ExplorerAudit {
    private static final long PAGE = 5_000;

    private final ExplorerStore explorer;
    private final LeafStore leaves;

    ExplorerAudit(ExplorerStore explorer, LeafStore leaves) {
        this.explorer = explorer;
        this.leaves = leaves;
    }

    /** @return the first contradiction, as a sentence */
    Optional<String> run() {
        Tables tables = explorer.tables();
        Totals totals = tables.totals();
        if (totals.leaves() != tables.leafCount()) {
            return Optional.of(
                    "The explorer has added up " + totals.leaves() + " leaves, the log has " + tables.leafCount());
        }
        LogTally tally = new LogTally(Optional.empty());
        Map<HostId, EntrySum> entries = new TreeMap<>();
        for (long from = 0; from < totals.leaves(); from += PAGE) {
            List<LeafRow> page = leaves.range(from, Math.min(from + PAGE, totals.leaves()));
            Optional<String> gap = gap(page, from, Math.min(from + PAGE, totals.leaves()));
            if (gap.isPresent()) return gap;
            for (LeafRow leaf : page) {
                tally.add(LogTally.read(leaf.text()))
                        .ifPresent(host -> entries.merge(host, first(leaf.index()), (sum, next) -> sum(sum, leaf)));
            }
        }
        return difference("account kinds", totals.kinds(), tables.accounts())
                .or(() -> differs("payments in all", totals.paid(), tally.paid()))
                .or(() -> differs("jobs", totals.jobs(), tally.jobs()))
                .or(() -> differs("hosts", totals.hosts(), (long) tally.hosts().size()))
                .or(() -> difference("causes", totals.causes(), tally.causes()))
                .or(() -> difference("hosts", tables.hosts(), tally.hosts()))
                .or(() -> difference("days of hosts", tables.days(), tally.days()))
                .or(() -> difference("models", tables.models(), tally.models()))
                .or(() -> difference("days of models", tables.modelDays(), tally.modelDays()))
                .or(() -> difference("numbered leaves of hosts", tables.entries(), entries));
    }

    private static Optional<String> gap(List<LeafRow> page, long from, long end) {
        long expected = from;
        for (LeafRow leaf : page) {
            if (leaf.index() != expected) break;
            expected++;
        }
        return expected == end ? Optional.empty() : Optional.of("Leaf " + expected + " of the log is missing");
    }

    private static EntrySum first(long leaf) {
        return new EntrySum(1, BigInteger.valueOf(leaf));
    }

    private static EntrySum sum(EntrySum before, LeafRow leaf) {
        long number = before.entries() + 1;
        BigInteger weight = BigInteger.valueOf(number).multiply(BigInteger.valueOf(leaf.index()));
        return new EntrySum(number, before.weight().add(weight));
    }

    private static <K extends Comparable<? super K>, V> Optional<String> difference(
            String subject, Map<K, V> tables, Map<K, V> added) {
        TreeSet<K> keys = new TreeSet<>(tables.keySet());
        keys.addAll(added.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(tables.get(key), added.get(key)))
                .findFirst()
                .flatMap(key -> differs(subject + ", " + key, tables.get(key), added.get(key)));
    }

    private static <V> Optional<String> differs(String subject, V table, V added) {
        if (Objects.equals(table, added)) return Optional.empty();
        return Optional.of("The explorer's sum (" + subject + ") is " + (table == null ? "missing" : table)
                + ", but what it sums up gives " + (added == null ? "nothing" : added));
    }
}
