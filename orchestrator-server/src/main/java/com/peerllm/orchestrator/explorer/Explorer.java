package com.peerllm.orchestrator.explorer;

import com.peerllm.orchestrator.storage.ExplorerStore;
import com.peerllm.orchestrator.storage.ExplorerStore.DayRow;
import com.peerllm.orchestrator.storage.ExplorerStore.HostEntry;
import com.peerllm.orchestrator.storage.ExplorerStore.HostRow;
import com.peerllm.orchestrator.storage.ExplorerStore.ModelRow;
import com.peerllm.orchestrator.storage.HostSums;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.LeafStore;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import com.peerllm.shared.transparency.TlogProof;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What everybody may see of the ledger: sums, and the leaves of the transparency log, which name no consumer. Every answer is
 * bounded and read from tables that are kept for it, so it may wait for the disk but not for the ledger's whole length.
 */
public final class Explorer {
    private static final int MOST_NAMESAKES = 10;

    private final ExplorerStore store;
    private final LeafStore leaves;
    private final PublishedLog proofs;

    public Explorer(ExplorerStore store, LeafStore leaves, PublishedLog proofs) {
        this.store = store;
        this.leaves = leaves;
        this.proofs = proofs;
    }

    /** In which order leaves are told. */
    public enum Order {
        OLDEST,
        NEWEST
    }

    /** The ledger as a whole. */
    public Map<String, Object> totals() {
        return ExplorerJson.totals(store.totals(), proofs.checkpoint());
    }

    /** @param after the last leaf that is known already; empty to begin */
    public Map<String, Object> entries(Order order, OptionalLong after, int atMost) {
        long count = leaves.count();
        Range range = Range.of(order, after, 0, count, atMost);
        List<Map<String, Object>> data = leaves.range(range.from(), range.end()).stream()
                .map(leaf -> LeafJson.of(leaf).map())
                .collect(Collectors.toCollection(ArrayList::new));
        if (order == Order.NEWEST) Collections.reverse(data);
        return new Fields()
                .with("object", "list")
                .with("leaves", count)
                .with("data", data)
                .with("next", range.next())
                .map();
    }

    /** One leaf, with the proof that it is in the log. */
    public Map<String, Object> entry(long number) {
        List<LeafRow> found = leaves.range(number, number + 1);
        if (found.isEmpty()) throw notFound("The log has no such leaf yet. GET /ledger tells how many it has.");
        Optional<TlogProof> proof = proofs.prove(number);
        return LeafJson.of(found.getFirst())
                .with("proof", proof.map(ExplorerJson::proof))
                .map();
    }

    /** The hosts that earned most. @param after {@code next} of the page before */
    public Map<String, Object> hosts(Optional<String> after, int atMost) {
        List<HostRow> rows = store.hostsByShare(after.map(Cursors::host), atMost + 1);
        List<HostRow> page = rows.subList(0, Math.min(rows.size(), atMost));
        return new Fields()
                .with("object", "list")
                .with("data", page.stream().map(ExplorerJson::host).toList())
                .with("next", rows.size() > atMost ? Cursors.of(page.getLast()) : null)
                .map();
    }

    /**
     * One host and its days.
     *
     * @param idOrPseudonym as {@code GET /ledger/hosts} has them
     * @param before days before this one; empty for the last ones
     */
    public Map<String, Object> host(String idOrPseudonym, Optional<LocalDate> before, int atMost) {
        HostId host = find(idOrPseudonym);
        int beforeDay = before.map(day -> Math.toIntExact(day.toEpochDay())).orElse(Integer.MAX_VALUE);
        List<DayRow> rows = store.days(host, beforeDay, atMost + 1);
        List<DayRow> page = rows.subList(0, Math.min(rows.size(), atMost));
        return ExplorerJson.sums(ExplorerJson.host(host), sums(host))
                .with("days", page.stream().map(ExplorerJson::day).toList())
                .with("next", rows.size() > atMost ? ExplorerJson.date(page.getLast()) : null)
                .map();
    }

    /** The leaves that name a host. @param after number, among these, of the last one that is known already */
    public Map<String, Object> hostEntries(String idOrPseudonym, Order order, OptionalLong after, int atMost) {
        HostId host = find(idOrPseudonym);
        long count = sums(host).entries();
        Range range = Range.of(order, after, 1, count + 1, atMost);
        List<Map<String, Object>> data = store.entries(host, range.from(), range.end()).stream()
                .map(Explorer::numbered)
                .collect(Collectors.toCollection(ArrayList::new));
        if (order == Order.NEWEST) Collections.reverse(data);
        return ExplorerJson.host(host)
                .with("entries", count)
                .with("data", data)
                .with("next", range.next())
                .map();
    }

    private static Map<String, Object> numbered(HostEntry entry) {
        Fields fields = new Fields().with("number", entry.number());
        LeafJson.of(entry.leaf()).map().forEach(fields::with);
        return fields.map();
    }

    private HostId find(String idOrPseudonym) {
        List<HostId> hosts = idOrPseudonym.startsWith("host_")
                ? Cursors.hostId(idOrPseudonym).stream().toList()
                : store.hostsNamed(idOrPseudonym, MOST_NAMESAKES);
        if (hosts.isEmpty()) throw noHost();
        if (hosts.size() == 1) return hosts.getFirst();
        String ids = hosts.stream().map(HostId::value).collect(Collectors.joining(", "));
        throw new InvalidRequest(ApiError.of(
                409,
                "invalid_request_error",
                "ambiguous_pseudonym",
                "Several hosts have this pseudonym: " + ids + ". Ask for one by its id."));
    }

    private HostSums sums(HostId host) {
        return store.host(host).orElseThrow(Explorer::noHost);
    }

    private static InvalidRequest noHost() {
        return notFound("No leaf of the log names this host. GET /ledger/hosts lists those that were paid.");
    }

    private static InvalidRequest notFound(String sentence) {
        return new InvalidRequest(ApiError.of(404, "invalid_request_error", "not_found", sentence));
    }

    /** The models that most was paid for. @param after {@code next} of the page before */
    public Map<String, Object> models(Optional<String> after, int atMost) {
        List<ModelRow> rows = store.modelsByCharged(after.map(Cursors::model), atMost + 1);
        List<ModelRow> page = rows.subList(0, Math.min(rows.size(), atMost));
        return new Fields()
                .with("object", "list")
                .with("data", page.stream().map(ExplorerJson::model).toList())
                .with("next", rows.size() > atMost ? Cursors.of(page.getLast()) : null)
                .map();
    }

    /** Which leaves are about a job. */
    public Map<String, Object> job(JobId job) {
        List<Long> found = store.leavesOf(job);
        if (found.isEmpty()) throw notFound("No leaf of the log is about this job.");
        return new Fields().with("job", job.value()).with("leaves", found).map();
    }

    /** How many leaves there are. */
    public long leafCount() {
        return leaves.count();
    }

    /** Some leaves in the form of an export, in order. */
    public String exported(ExportFormat format, long from, long end) {
        StringBuilder text = new StringBuilder();
        for (LeafRow leaf : leaves.range(from, end)) text.append(format.line(leaf));
        return text.toString();
    }
}
