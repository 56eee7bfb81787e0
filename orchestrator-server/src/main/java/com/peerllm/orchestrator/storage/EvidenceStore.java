package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.EvidencePage;
import com.peerllm.shared.reputation.History;
import com.peerllm.shared.reputation.HostHistory;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.Presence;
import com.peerllm.shared.reputation.ReputationReport.DayCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What hosts did and what it adds up to. Every call may wait for the disk. */
public final class EvidenceStore {
    private final Database database;

    EvidenceStore(Database database) {
        this.database = database;
    }

    /**
     * New evidence of one subject.
     *
     * @param model empty for the host's presence
     * @param instead what evidence that was never written adds up to; it takes the place of all before
     * @param pieces in the order of their numbers
     */
    public record Addition(
            HostId host, Optional<ModelDigest> model, Optional<History> instead, List<Evidence> pieces) {}

    /**
     * Makes it durable. Evidence that is there already is passed over, so adding again is safe.
     *
     * @throws StorageException with code {@code CONFLICT} when evidence is missing between what is there and this; then
     *     nothing was added
     */
    public void add(List<Addition> additions) {
        database.change(new Change.EvidenceAdded(additions));
    }

    /** What all evidence of a host adds up to. */
    public HostHistory history(HostId host) {
        Map<ModelDigest, ModelHistory> models = new HashMap<>();
        Presence presence = Presence.NEW;
        for (EvidenceSql.Row row : database.read(handle -> EvidenceSql.histories(handle, host))) {
            switch (row.history()) {
                case ModelHistory model -> models.put(row.model().orElseThrow(), model);
                case Presence present -> presence = present;
            }
        }
        return new HostHistory(presence, models);
    }

    /**
     * A part of the evidence of one subject.
     *
     * @param after the last number that is known already; 0 to begin
     */
    public EvidencePage page(HostId host, Optional<ModelDigest> model, long after, int atMost) {
        return database.read(handle -> EvidenceSql.page(handle, host, model, after, atMost));
    }

    /** How much evidence of a host is there still. */
    public List<DayCount> counts(HostId host) {
        return database.read(handle -> EvidenceSql.counts(handle, host));
    }

    /** Evidence that may be folded: all pieces of a subject up to a number. */
    public record Overdue(HostId host, Optional<ModelDigest> model, long through) {}

    /** Subjects with more pieces than this: all but the newest {@code kept} of them are overdue. */
    public List<Overdue> tooMany(int most, int kept, int atMost) {
        return database.read(handle -> EvidenceSql.tooMany(handle, most, kept, atMost));
    }

    /** Subjects with pieces older than this. */
    public List<Overdue> olderThan(long madeBeforeMillis, int atMost) {
        return database.read(handle -> EvidenceSql.olderThan(handle, madeBeforeMillis, atMost));
    }

    /** Adds the overdue pieces to what the forgotten ones add up to, and takes them away. */
    public void fold(Overdue old) {
        database.change(new Change.EvidenceFolded(old.host(), old.model(), old.through()));
    }

    /** Lets go of all that is known of subjects of which nothing was heard since. */
    public void forget(long lastHeardBeforeMillis) {
        boolean nothing = database.read(handle -> EvidenceSql.silentSince(handle, lastHeardBeforeMillis))
                .isEmpty();
        if (nothing) return;
        database.change(new Change.EvidenceForgotten(lastHeardBeforeMillis));
    }
}
