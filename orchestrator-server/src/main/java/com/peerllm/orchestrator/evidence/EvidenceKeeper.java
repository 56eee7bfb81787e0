package com.peerllm.orchestrator.evidence;

import com.peerllm.orchestrator.evidence.EvidenceBuffer.Taken;
import com.peerllm.orchestrator.reputation.EvidenceSink;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.EvidenceStore;
import com.peerllm.orchestrator.storage.EvidenceStore.Addition;
import com.peerllm.orchestrator.storage.EvidenceStore.Overdue;
import com.peerllm.orchestrator.storage.StorageException;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.EvidencePage;
import com.peerllm.shared.reputation.History;
import com.peerllm.shared.reputation.HostHistory;
import com.peerllm.shared.reputation.ReputationReport.DayCount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what hosts did: takes evidence in without waiting, writes it in batches, gives it back, and keeps it from growing
 * without bound.
 *
 * <p>Only {@link #add} is for the event loop; everything else may wait for the disk. Safe for many threads.
 */
public final class EvidenceKeeper implements EvidenceSink {
    private static final Logger log = LoggerFactory.getLogger(EvidenceKeeper.class);

    /** About 30 MB. */
    private static final int MOST_UNWRITTEN = 200_000;

    /** Subjects in one change of the database, so that payments need not wait long behind it. */
    private static final int SUBJECTS_AT_ONCE = 200;

    /** Pieces kept of one subject: when there are twice as many, the older half is folded. Four half-lives of 500 outcomes. */
    private static final int KEPT = 2_000;

    private static final Duration KEPT_FOR = Duration.ofDays(30);

    /** After so long nothing that a host did has any weight left. */
    private static final Duration REMEMBERED_FOR = Duration.ofDays(365);

    private static final int FOLDED_AT_ONCE = 1_000;

    private final EvidenceStore store;
    private final InstantSource clock;
    private final EvidenceBuffer buffer = new EvidenceBuffer(MOST_UNWRITTEN);
    private final ReentrantLock writing = new ReentrantLock();

    public EvidenceKeeper(Database database, InstantSource clock) {
        this.store = database.evidence();
        this.clock = clock;
    }

    @Override
    public void add(HostId host, Optional<ModelDigest> model, Evidence piece, History after) {
        buffer.add(host, model, piece, after);
    }

    /** Writes what has come since the last time; what cannot be written is tried again the next time. */
    public void write() {
        if (buffer.isEmpty() || !writing.tryLock()) return;
        try {
            writeAll();
        } catch (StorageException e) {
            log.error("What hosts did could not be written; it will be tried again: {}", e.getMessage());
        } finally {
            writing.unlock();
        }
    }

    private void writeAll() {
        while (!buffer.isEmpty()) {
            List<Taken> taken = buffer.take(SUBJECTS_AT_ONCE);
            try {
                store.add(taken.stream().map(Taken::addition).toList());
            } catch (StorageException e) {
                if (e.code() != StorageException.Code.CONFLICT) {
                    buffer.putBack(taken);
                    throw e;
                }
                addOneByOne(taken);
            }
        }
    }

    /** One subject does not follow what is in the database; the others shall not suffer from it. */
    private void addOneByOne(List<Taken> taken) {
        for (int i = 0; i < taken.size(); i++) {
            try {
                addOrReplace(taken.get(i));
            } catch (StorageException e) {
                buffer.putBack(taken.subList(i, taken.size()));
                throw e;
            }
        }
    }

    private void addOrReplace(Taken taken) {
        Addition addition = taken.addition();
        try {
            store.add(List.of(addition));
        } catch (StorageException e) {
            if (e.code() != StorageException.Code.CONFLICT) throw e;
            log.error(
                    "Pieces of what {} did are lost; what they add up to is kept: {}",
                    addition.host().pseudonym(),
                    e.getMessage());
            Optional<History> sum = Optional.of(taken.after());
            store.add(List.of(new Addition(addition.host(), addition.model(), sum, List.of())));
        }
    }

    /** What all evidence of a host adds up to, as far as it is written. */
    public HostHistory history(HostId host) {
        return store.history(host);
    }

    public List<DayCount> counts(HostId host) {
        return store.counts(host);
    }

    /** With what has not been written yet. */
    public EvidencePage page(HostId host, Optional<ModelDigest> model, long after, int atMost) {
        writeNow();
        return store.page(host, model, after, atMost);
    }

    /** Waits for a write that is under way, and writes the rest. */
    public void writeNow() {
        writing.lock();
        try {
            writeAll();
        } finally {
            writing.unlock();
        }
    }

    /** Every few minutes: folds what is old or too much. The scores stay what they are. */
    public void fold() {
        try {
            foldOverdue();
        } catch (StorageException e) {
            log.error("Old evidence could not be folded; it will be tried again: {}", e.getMessage());
        }
    }

    private void foldOverdue() {
        List<Overdue> overdue = new ArrayList<>(store.tooMany(2 * KEPT, KEPT, FOLDED_AT_ONCE));
        overdue.addAll(store.olderThan(clock.millis() - KEPT_FOR.toMillis(), FOLDED_AT_ONCE));
        overdue.forEach(store::fold);
        store.forget(clock.millis() - REMEMBERED_FOR.toMillis());
        if (!overdue.isEmpty()) log.info("Folded old evidence of {} subjects", overdue.size());
    }
}
