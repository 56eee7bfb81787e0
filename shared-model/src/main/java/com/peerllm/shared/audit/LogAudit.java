package com.peerllm.shared.audit;

import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.ConsistencyProof;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogLeaf;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.Tiles;
import com.peerllm.shared.transparency.TreeProver;
import com.peerllm.shared.transparency.Verdict;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Replays a whole log and names the first thing that is wrong with it. The bundles are read and checked by several threads,
 * what they add up to by the one that runs the audit. One audit for each object; interrupt its thread to end it.
 */
public final class LogAudit {
    private final LogFiles files;
    private final AuditOptions options;
    private final ExecutorService threads;
    private final RandomGenerator random;
    private final AuditProgress progress;
    private Optional<AuditState> state = Optional.empty();
    private long hostSignatures;

    /**
     * @param threads read and check bundles; as many as there are processors to use
     * @param random mixes the tables, so that no log can be made to slow them down
     */
    public LogAudit(
            LogFiles files,
            AuditOptions options,
            ExecutorService threads,
            RandomGenerator random,
            AuditProgress progress) {
        this.files = new GrowingFiles(files);
        this.options = options;
        this.threads = threads;
        this.random = random;
        this.progress = progress;
    }

    /**
     * @param before where the last audit of this log ended, to go on from there; it is taken over
     * @throws IOException when a file cannot be read now: nothing is said about the log
     * @throws UnknownKey when nobody says whose log it should be
     * @throws InterruptedException when it was interrupted
     */
    public AuditReport run(Optional<AuditState> before) throws IOException, UnknownKey, InterruptedException {
        OpenedLog log;
        try {
            log = OpenedLog.read(files, options, before);
        } catch (BadLog e) {
            return new AuditReport(
                    Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), List.of(), Optional.of(e.fault()));
        }
        Replay replay = before.map(AuditState::replay).orElseGet(() -> new Replay(options.mostBackwards(), random));
        long from = replay.leaves();
        Optional<Fault> fault = Optional.empty();
        try {
            TrustedTiles tiles = TrustedTiles.open(files, log.checkpoint());
            if (before.isPresent()) proveConsistency(before.get().checkpoint(), log.checkpoint(), tiles);
            state = Optional.of(new AuditState(log.note(), log.checkpoint(), log.key(), replay));
            replay(log, tiles, replay);
        } catch (BadLog e) {
            fault = Optional.of(e.fault());
            state = Optional.empty();
        }
        return new AuditReport(
                Optional.of(log.checkpoint()),
                Optional.of(log.key()),
                from,
                hostSignatures,
                Optional.of(replay.money()),
                log.cosignatures(),
                fault);
    }

    /** Where the audit stands, to be kept for the next one; empty when the log is bad or nothing was read. */
    public Optional<AuditState> state() {
        return state;
    }

    private static void proveConsistency(Checkpoint before, Checkpoint now, TrustedTiles tiles)
            throws IOException, BadLog {
        if (now.size() < before.size()) {
            throw new BadLog(Fault.ofFile(
                    "checkpoint",
                    "The log has fewer leaves than it had: it was cut off, or an old state of it is shown.",
                    "at least " + before.size(),
                    now.size()));
        }
        try {
            ConsistencyProof proof = new TreeProver(tiles.hashes()).consistency(before.size(), now.size());
            Verdict verdict = proof.verify(before.root(), now.root());
            if (verdict.holds()) return;
        } catch (InvalidLogData e) {
            if (e.getCause() instanceof BadLog bad) throw bad;
            throw e;
        }
        throw new BadLog(Fault.ofFile(
                "checkpoint",
                "The log was rewritten: it no longer begins with the " + before.size() + " leaves that it had.",
                "a tree that continues the root " + before.root(),
                now.root()));
    }

    private void replay(OpenedLog log, TrustedTiles tiles, Replay replay)
            throws IOException, BadLog, InterruptedException {
        Checkpoint checkpoint = log.checkpoint();
        LeafRules rules = LeafRules.of(checkpoint.origin(), log.key(), options.signatures());
        ArrayDeque<Future<CheckedBundle>> underway = new ArrayDeque<>();
        long next = replay.leaves();
        try {
            while (replay.leaves() < checkpoint.size()) {
                while (next < checkpoint.size() && underway.size() < options.bundlesAhead()) {
                    Tile bundle = Tiles.holding(Tile.ENTRIES, next, checkpoint.size());
                    int from = (int) (next % Tile.WIDTH);
                    underway.add(threads.submit(() -> CheckedBundle.read(files, tiles, bundle, from, rules)));
                    next += bundle.width() - from;
                }
                replay(done(underway.remove()), replay);
                progress.reached(replay.leaves(), checkpoint);
            }
        } finally {
            underway.forEach(future -> future.cancel(true));
        }
    }

    private void replay(CheckedBundle bundle, Replay replay) throws BadLog {
        for (LogLeaf leaf : bundle.leaves()) {
            try {
                replay.next(leaf);
            } catch (WrongLeaf e) {
                throw new BadLog(e.at(replay.leaves(), bundle.tile().path()));
            }
        }
        hostSignatures += bundle.signatures();
        if (bundle.fault().isPresent()) throw new BadLog(bundle.fault().get());
    }

    private static CheckedBundle done(Future<CheckedBundle> bundle) throws IOException, InterruptedException {
        try {
            return bundle.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) throw unreadable;
            throw new IllegalStateException("A bundle could not be checked", e.getCause());
        }
    }
}
