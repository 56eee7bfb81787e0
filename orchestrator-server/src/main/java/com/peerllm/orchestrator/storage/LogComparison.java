package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.ApiKeyStore.ApiKeyRow;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.JournalBatch.Leaves;
import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.ModelCatalogStore.ModelRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds the change log against the tables that follow it: a bit that flips in either is a difference. Changes come in
 * order; journal lines are read from the tables in pieces. Hosts and evidence are not compared.
 */
final class LogComparison {
    private static final int PIECE = 5_000;

    private final Tables tables;
    private final long lastSeq;
    private final boolean whole;
    private final List<ApiKeyRow> keyRows;
    private final List<ModelRow> modelRows;
    private final Map<String, ApiKeyRow> keys = new HashMap<>();
    private final Map<String, ModelRow> models = new HashMap<>();
    private final List<JournalBatch> waiting = new ArrayList<>();
    private long waitingLines;
    private long compared;
    private boolean atStart = true;
    private Optional<String> difference = Optional.empty();

    /** Where the rows are. */
    record Tables(
            LedgerStore ledger, ReceiptStore receipts, LeafStore leaves, ApiKeyStore keys, ModelCatalogStore models) {}

    /**
     * Reads the small tables now; the log must end here.
     *
     * @param lastSeq journal lines after it are not compared
     * @param whole whether the log begins with the first change; else it does not say all that there is
     */
    LogComparison(Tables tables, long lastSeq, boolean whole) {
        this.tables = tables;
        this.lastSeq = lastSeq;
        this.whole = whole;
        this.keyRows = tables.keys().all();
        this.modelRows = tables.models().all();
    }

    void next(LogRecord record) {
        switch (record.change()) {
            case Change.Journalled(JournalBatch batch) -> next(batch);
            case Change.KeyMade(ApiKeyRow key) -> keys.putIfAbsent(key.keyId(), withTerms(key));
            case Change.KeyChanged changed ->
                keys.computeIfPresent(
                        changed.keyId(),
                        (id, key) -> new ApiKeyRow(
                                id,
                                key.account(),
                                changed.label(),
                                key.secretHash(),
                                key.createdAtMillis(),
                                key.revokedAtMillis(),
                                Optional.of(changed.terms())));
            case Change.KeyRevoked revoked ->
                keys.computeIfPresent(revoked.keyId(), (id, key) -> revoked(key, revoked));
            case Change.ModelPut(ModelRow model) ->
                models.put(model.manifest().id().value(), model);
            case Change.HostSeen seen -> {}
            case Change.HostBlocked blocked -> {}
            case Change.EvidenceAdded added -> {}
            case Change.EvidenceFolded folded -> {}
            case Change.EvidenceForgotten forgotten -> {}
            case Change.VouchersMade made -> {}
            case Change.VoucherRevoked revoked -> {}
            case Change.CheckpointKept kept -> {}
            // Their amounts are compared with the journal, by the audit of payouts.
            case Change.PayoutProposed proposed -> {}
            case Change.PayoutMoved moved -> {}
        }
    }

    private static ApiKeyRow withTerms(ApiKeyRow key) {
        return new ApiKeyRow(
                key.keyId(),
                key.account(),
                key.label(),
                key.secretHash(),
                key.createdAtMillis(),
                key.revokedAtMillis(),
                Optional.of(key.terms().orElse(ApiKeyStore.KeyTermsRow.VERSION_1)));
    }

    private static ApiKeyRow revoked(ApiKeyRow key, Change.KeyRevoked revoked) {
        if (key.revokedAtMillis().isPresent()) return key;
        return new ApiKeyRow(
                key.keyId(),
                key.account(),
                key.label(),
                key.secretHash(),
                key.createdAtMillis(),
                OptionalLong.of(revoked.atMillis()),
                key.terms());
    }

    /** A batch may come twice, when the answer to the first was lost; and one that the tables refused has a successor. */
    private void next(JournalBatch batch) {
        if (difference.isPresent() || batch.lastSeq() > lastSeq) return;
        if (atStart) compared = batch.lastSeq() - batch.transfers().size();
        atStart = false;
        if (!waiting.isEmpty() && waiting.getLast().number() == batch.number()) {
            if (!waiting.getLast().equals(batch)) chooseBetween(batch);
            return;
        }
        if (waitingLines >= PIECE) compare();
        waiting.add(batch);
        waitingLines += batch.transfers().size();
    }

    /** Two batches have taken the same number, of which the tables can have one. */
    private void chooseBetween(JournalBatch later) {
        JournalBatch earlier = waiting.removeLast();
        long before = earlier.lastSeq() - earlier.transfers().size();
        boolean first = tables.ledger().transfers(before, earlier.lastSeq()).equals(earlier.transfers());
        waiting.add(first ? earlier : later);
        waitingLines +=
                waiting.getLast().transfers().size() - earlier.transfers().size();
    }

    private void compare() {
        if (waiting.isEmpty() || difference.isPresent()) return;
        long through = waiting.getLast().lastSeq();
        difference = firstDifference(
                        "Journal line ",
                        all(JournalBatch::transfers),
                        tables.ledger().transfers(compared, through),
                        TransferRow::seq)
                .or(() -> firstDifference(
                        "The settlement of ",
                        all(JournalBatch::settlements),
                        tables.ledger().settlements(compared, through),
                        SettlementRow::job))
                .or(() -> firstDifference(
                        "The receipt ",
                        all(JournalBatch::receipts),
                        tables.receipts().settledIn(compared, through),
                        receipt -> receipt.job() + "/" + receipt.segment()))
                .or(this::differenceOfLeaves);
        compared = through;
        waiting.clear();
        waitingLines = 0;
    }

    private Optional<String> differenceOfLeaves() {
        List<Leaves> leaves =
                waiting.stream().flatMap(batch -> batch.leaves().stream()).toList();
        if (leaves.isEmpty()) return Optional.empty();
        return firstDifference(
                "Leaf ",
                leaves.stream().flatMap(each -> each.texts().stream()).toList(),
                tables.leaves()
                        .texts(leaves.getFirst().countBefore(), leaves.getLast().countAfter()),
                LeafRow::index);
    }

    private <T> List<T> all(Function<JournalBatch, List<T>> rows) {
        return waiting.stream().flatMap(batch -> rows.apply(batch).stream()).toList();
    }

    private static <T> Optional<String> firstDifference(
            String what, List<T> logged, List<T> rows, Function<T, Object> name) {
        Map<Object, T> byName = rows.stream().collect(Collectors.toMap(name, Function.identity(), (one, other) -> one));
        for (T row : logged) {
            T found = byName.remove(name.apply(row));
            if (found == null) {
                return Optional.of(what + name.apply(row) + " is in the change log and not in its table");
            }
            if (!found.equals(row)) return Optional.of(what + name.apply(row) + " differs from the change log");
        }
        return byName.keySet().stream()
                .findFirst()
                .map(left -> what + left + " is in its table and not in the change log");
    }

    /** @return the first difference; empty when there is none */
    Optional<String> end() {
        compare();
        if (difference.isEmpty() && compared < lastSeq) {
            return Optional.of("Journal line " + (compared + 1) + " is in its table and not in the change log");
        }
        if (!whole) return difference;
        return difference
                .or(() -> firstDifference("The API key ", List.copyOf(keys.values()), keyRows, ApiKeyRow::keyId))
                .or(() -> firstDifference(
                        "The model ",
                        List.copyOf(models.values()),
                        modelRows,
                        row -> row.manifest().id()));
    }
}
