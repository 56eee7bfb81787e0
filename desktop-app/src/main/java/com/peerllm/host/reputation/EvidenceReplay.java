package com.peerllm.host.reputation;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.EvidencePage;
import com.peerllm.shared.reputation.History;
import com.peerllm.shared.reputation.HostHistory;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.Presence;
import com.peerllm.shared.reputation.Recomputation;
import com.peerllm.shared.reputation.ReputationReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Downloads all evidence that a report rests on, and adds it up again. */
public final class EvidenceReplay {
    private final ReputationClient client;
    private final Progress progress;
    private final Cancellation cancellation;
    private final long expected;
    private long pieces;
    private long folded;
    private long added;

    private EvidenceReplay(
            ReputationReport report, ReputationClient client, Progress progress, Cancellation cancellation) {
        this.client = client;
        this.progress = progress;
        this.cancellation = cancellation;
        expected = report.presence().number()
                + report.models().stream()
                        .mapToLong(each -> each.history().number())
                        .sum();
    }

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Progress {

        /** @param done 0 to 1 */
        void done(double done);
    }

    /**
     * What came out.
     *
     * @param pieces of evidence that were read one by one
     * @param folded older ones that the orchestrator keeps as a sum only
     * @param differences sentences; none when the report is right
     */
    public record Outcome(HostHistory history, long pieces, long folded, List<String> differences) {}

    public static Outcome of(ReputationReport report, ReputationClient client) {
        return of(report, client, done -> {}, new Cancellation());
    }

    /** @throws java.util.concurrent.CancellationException when it is cancelled */
    public static Outcome of(
            ReputationReport report, ReputationClient client, Progress progress, Cancellation cancellation) {
        EvidenceReplay replay = new EvidenceReplay(report, client, progress, cancellation);
        HostHistory history = replay.history(report);
        return new Outcome(history, replay.pieces, replay.folded, Recomputation.differences(report, history));
    }

    private HostHistory history(ReputationReport report) {
        Map<ModelDigest, ModelHistory> models = new HashMap<>();
        for (ReputationReport.OfModel each : report.models()) {
            History history = replay(
                    report.orchestrator(),
                    Optional.of(each.model()),
                    each.history().number());
            models.put(each.model(), (ModelHistory) history);
        }
        History presence = replay(
                report.orchestrator(), Optional.empty(), report.presence().number());
        return new HostHistory((Presence) presence, models);
    }

    private History replay(String orchestrator, Optional<ModelDigest> model, long through) {
        cancellation.check();
        EvidencePage page = client.evidence(orchestrator, model, 0);
        History history = page.before();
        if (history.number() > through || !fits(history, model)) {
            throw new HostException(
                    Problem.ORCHESTRATOR, "The evidence changed while it was read. Run the command again.");
        }
        folded += history.number();
        tell(history.number());
        long before = history.number();
        history = Recomputation.replay(history, page.evidence(), through);
        tell(history.number() - before);
        while (page.more() && history.number() < through) {
            cancellation.check();
            long known = history.number();
            page = client.evidence(orchestrator, model, known);
            if (page.evidence().isEmpty()) break;
            history = Recomputation.replay(history, page.evidence(), through);
            tell(history.number() - known);
        }
        pieces += history.number() - before;
        return history;
    }

    private void tell(long more) {
        added += more;
        progress.done(expected == 0 ? 1 : Math.min(1, (double) added / expected));
    }

    private static boolean fits(History history, Optional<ModelDigest> model) {
        return model.isPresent() == (history instanceof ModelHistory);
    }
}
