package com.peerllm.shared.reputation;

import com.peerllm.shared.model.ModelDigest;
import java.util.ArrayList;
import java.util.List;

/** Adds a host's evidence up again, and compares the outcome with what its orchestrator says. */
public final class Recomputation {
    /** What two computers may differ by: the last bits of exponentials and square roots. */
    static final double TOLERANCE = 1e-9;

    private Recomputation() {}

    /** Adds the pieces of one subject up: what is before them, and those up to a number, in their order. */
    public static History replay(History before, List<Evidence> pieces, long through) {
        History history = before;
        for (Evidence piece : pieces) {
            if (piece.number() > history.number() && piece.number() <= through) history = history.after(piece);
        }
        return history;
    }

    /** One sentence for each figure of the report that the evidence does not bear out; none when all are right. */
    public static List<String> differences(ReputationReport report, HostHistory recomputed) {
        List<String> found = new ArrayList<>();
        var scores = report.scores(recomputed);
        for (ReputationReport.OfModel said : report.models()) {
            ModelHistory own = recomputed.models().getOrDefault(said.model(), ModelHistory.EMPTY);
            if (own.number() != said.history().number()) {
                found.add(name(said.model()) + ": " + own.number() + " pieces of evidence, not "
                        + said.history().number());
            }
            Score score = scores.get(said.model());
            compare(found, said.model(), "success", said.score().success(), score.success());
            compare(found, said.model(), "speed", said.score().speed(), score.speed());
            compare(found, said.model(), "uptime", said.score().uptime(), score.uptime());
            compare(found, said.model(), "honesty", said.score().honesty(), score.honesty());
            compare(found, said.model(), "score", said.score().value(), score.value());
            if (said.score().newcomer() != score.newcomer()) {
                found.add(name(said.model()) + ": " + (score.newcomer() ? "a newcomer" : "no newcomer"));
            }
        }
        return found;
    }

    private static void compare(List<String> found, ModelDigest model, String part, double said, double own) {
        // Written so that something that is no number differs.
        if (Math.abs(said - own) <= TOLERANCE * Math.max(1, Math.abs(own))) return;
        found.add(name(model) + ": " + part + " is " + own + ", not " + said);
    }

    private static String name(ModelDigest model) {
        return "model " + model.shortForm();
    }
}
