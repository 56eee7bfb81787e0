package com.peerllm.host.reputation;

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
    private long pieces;
    private long folded;

    private EvidenceReplay(ReputationClient client) {
        this.client = client;
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
        EvidenceReplay replay = new EvidenceReplay(client);
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
        EvidencePage page = client.evidence(orchestrator, model, 0);
        History history = page.before();
        if (history.number() > through || !fits(history, model)) {
            throw new HostException(
                    Problem.ORCHESTRATOR, "The evidence changed while it was read. Run the command again.");
        }
        folded += history.number();
        long before = history.number();
        history = Recomputation.replay(history, page.evidence(), through);
        while (page.more() && history.number() < through) {
            page = client.evidence(orchestrator, model, history.number());
            if (page.evidence().isEmpty()) break;
            history = Recomputation.replay(history, page.evidence(), through);
        }
        pieces += history.number() - before;
        return history;
    }

    private static boolean fits(History history, Optional<ModelDigest> model) {
        return model.isPresent() == (history instanceof ModelHistory);
    }
}
