package com.peerllm.orchestrator.evidence;

import com.peerllm.orchestrator.storage.EvidenceStore.Addition;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evidence that is not in the database yet. It has a bound: beyond it pieces are not kept, only what they add up to, so that
 * scores stay right when the database is away for long. Safe for many threads.
 */
final class EvidenceBuffer {
    private final int mostPieces;
    private final Map<Subject, Pending> pending = new LinkedHashMap<>();
    private int pieces;

    EvidenceBuffer(int mostPieces) {
        this.mostPieces = mostPieces;
    }

    /** @param model empty for the host's presence */
    private record Subject(HostId host, Optional<ModelDigest> model) {}

    private static final class Pending {
        final List<Evidence> pieces = new ArrayList<>();
        Optional<History> instead = Optional.empty();
        History after;
    }

    /** @param after what all evidence of the subject adds up to with this */
    record Taken(Addition addition, History after) {}

    synchronized void add(HostId host, Optional<ModelDigest> model, Evidence piece, History after) {
        Pending of = pending.computeIfAbsent(new Subject(host, model), first -> new Pending());
        of.after = after;
        if (pieces < mostPieces) {
            of.pieces.add(piece);
            pieces++;
        } else {
            pieces -= of.pieces.size();
            of.pieces.clear();
            of.instead = Optional.of(after);
        }
    }

    synchronized boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Takes what there is of so many subjects out. */
    synchronized List<Taken> take(int mostSubjects) {
        List<Taken> taken = new ArrayList<>();
        var each = pending.entrySet().iterator();
        while (each.hasNext() && taken.size() < mostSubjects) {
            var next = each.next();
            Pending of = next.getValue();
            Subject subject = next.getKey();
            taken.add(new Taken(
                    new Addition(subject.host(), subject.model(), of.instead, List.copyOf(of.pieces)), of.after));
            pieces -= of.pieces.size();
            each.remove();
        }
        return taken;
    }

    /** Puts back what could not be written, before what came meanwhile. */
    synchronized void putBack(List<Taken> taken) {
        for (Taken each : taken) {
            Addition addition = each.addition();
            Pending of = pending.computeIfAbsent(new Subject(addition.host(), addition.model()), none -> new Pending());
            if (of.instead.isPresent()) continue;
            if (of.after == null) of.after = each.after();
            of.instead = addition.instead();
            of.pieces.addAll(0, addition.pieces());
            pieces += addition.pieces().size();
        }
    }
}
