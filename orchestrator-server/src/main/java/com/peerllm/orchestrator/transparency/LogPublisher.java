package com.peerllm.orchestrator.transparency;

import com.peerllm.orchestrator.ledger.LeafListener;
import com.peerllm.orchestrator.storage.CheckpointStore;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.LeafStore;
import com.peerllm.orchestrator.storage.StorageException;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.NoteKey;
import com.peerllm.shared.transparency.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the transparency log: one thread takes the leaves that the ledger wrote, writes their tiles and signs a checkpoint over
 * them, at most a second behind. What it writes follows from the tables; after a failure it begins again with the files and the
 * tables.
 */
public final class LogPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogPublisher.class);
    private static final int BUFFERED_LEAVES = 16_384;
    /** Leaves between two checkpoints at most. */
    private static final int MOST_AT_ONCE = 4_096;

    private static final long CACHED_BYTES = 16L << 20;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);

    private final Path path;
    private final Boundary boundary;
    private final LogFolder folder;
    private final LeafStore leaves;
    private final CheckpointStore kept;
    private final PeerIdentity identity;
    private final String origin;
    private final LogSettings settings;
    private final Cosignatures cosignatures;
    private final LeafBuffer buffer;
    private final LogTiles tiles;
    private final LongSupplier nanoTime;
    private final Executor background;
    private final Thread thread;
    /** The last cosigned checkpoint of each witness that is not yet in the files. */
    private final Map<String, Published> cosigned = new LinkedHashMap<>();

    private volatile Optional<Published> published = Optional.empty();
    private volatile Optional<Published> witnessed = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile Optional<String> contradiction = Optional.empty();
    private volatile boolean stopped;
    private volatile boolean closing;
    private boolean checked;
    private long keptSize;
    private long keptAtNanos;

    /**
     * @param folder where the files are; made when it is not there
     * @param name of the orchestrator
     * @param nanoTime a clock that never goes back
     * @param background where all files are checked once after the start
     */
    public LogPublisher(
            Path folder,
            Database database,
            PeerIdentity identity,
            String name,
            LogSettings settings,
            LongSupplier nanoTime,
            ThreadFactory threads,
            Executor background) {
        this(folder, Boundary.NONE, database, identity, name, settings, nanoTime, threads, background);
    }

    LogPublisher(
            Path folder,
            Boundary boundary,
            Database database,
            PeerIdentity identity,
            String name,
            LogSettings settings,
            LongSupplier nanoTime,
            ThreadFactory threads,
            Executor background) {
        this.path = folder;
        this.boundary = boundary;
        this.folder = new LogFolder(folder, boundary);
        this.leaves = database.leaves();
        this.kept = database.checkpoints();
        this.identity = identity;
        this.origin = originOf(name);
        this.settings = settings;
        this.cosignatures = new Cosignatures(verifier(), settings.witnesses());
        this.buffer = new LeafBuffer(BUFFERED_LEAVES, leaves.count(), nanoTime);
        this.tiles = new LogTiles(
                new LogFolder(folder, boundary),
                () -> published.map(Published::size).orElse(0L),
                CACHED_BYTES);
        this.nanoTime = nanoTime;
        this.background = background;
        this.thread = threads.newThread(this::run);
    }

    /** The log's name in checkpoints. What a name may have and an origin may not is replaced. */
    public static String originOf(String name) {
        return "peerllm.log/" + name.replaceAll("[\\s+\\p{Cntrl}]", "-");
    }

    public LogVerifier verifier() {
        return new LogVerifier(origin, identity.publicKey());
    }

    /** Told of new leaves by the ledger. */
    public LeafListener listener() {
        return buffer;
    }

    /** Begins to publish. */
    public void start() {
        thread.start();
    }

    /** The log as everybody sees it; empty before its first checkpoint. */
    public Optional<Published> published() {
        return published;
    }

    /** The newest checkpoint that a witness has signed. */
    public Optional<Published> witnessed() {
        return witnessed;
    }

    /** What the published log consists of. */
    public LogTiles tiles() {
        return tiles;
    }

    public LogStatus status() {
        return new LogStatus(
                published.map(Published::size).orElse(0L), buffer.known(), buffer.behind(), trouble, stopped);
    }

    /**
     * Compares every file of the published log with the tables. Reads everything, so call it on a thread that may wait.
     *
     * @throws IOException when the tables cannot be read; damaged files are in the report
     */
    public LogReport check() throws IOException {
        Optional<Published> now = published;
        if (now.isEmpty()) return new LogReport(0, 0, List.of(), contradiction);
        tiles.forget();
        LogReport report =
                new LogCheck(leaves::range, tiles, () -> closing).run(now.get().checkpoint());
        return checkpointFileHolds() ? report : report.with(LogFolder.CHECKPOINT, "it is not what was signed");
    }

    private boolean checkpointFileHolds() throws IOException {
        Optional<byte[]> file = new LogFolder(path, boundary).note(LogFolder.CHECKPOINT);
        try {
            return file.isPresent() && verifier().open(file.get()).size() > 0;
        } catch (InvalidLogData e) {
            return false;
        }
    }

    /**
     * Takes a witness's signature under one of our checkpoints, to be shown with it.
     *
     * @param note the checkpoint with the signature below
     * @return the checkpoint that was signed
     * @throws InvalidLogData when it is no checkpoint of ours, has no known witness's signature, or a wrong one
     */
    public Published cosign(byte[] note) throws InvalidLogData {
        Published given = cosignatures.open(note);
        synchronized (cosigned) {
            // One for each witness and place to show it in; what an older one would replace is no loss.
            String place = given.note().signatures().stream()
                    .skip(1)
                    .map(each -> each.name() + each.keyId())
                    .toList()
                    .toString();
            Published waiting = cosigned.get(place);
            if (waiting == null || waiting.size() <= given.size()) cosigned.put(place, given);
        }
        buffer.poke();
        return given;
    }

    private void run() {
        Duration wait = settings.firstRetry();
        while (true) {
            try {
                publishAll(open());
                return;
            } catch (LogContradiction e) {
                stop(e.getMessage());
                return;
            } catch (IOException | RuntimeException e) {
                if (trouble.isEmpty()) wait = settings.firstRetry();
                if (trouble.isEmpty()) LOG.error("The transparency log cannot be published and will be tried again", e);
                trouble = Optional.of(sentence(e));
                if (closing) return;
                try {
                    buffer.pause(wait);
                } catch (InterruptedException ended) {
                    return;
                }
                wait = wait.multipliedBy(2).compareTo(settings.longestRetry()) < 0
                        ? wait.multipliedBy(2)
                        : settings.longestRetry();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private String sentence(Exception failure) {
        if (failure instanceof StorageException storage) return storage.getMessage();
        return "The transparency log cannot be written to " + path + " ("
                + failure.getClass().getSimpleName() + "). Check free space and permissions; it is tried again.";
    }

    private void stop(String reason) {
        LOG.error("The transparency log is not published any more: {}", reason);
        trouble = Optional.of(reason);
        stopped = true;
    }

    private LogWriter open() throws IOException, LogContradiction {
        LogWriter writer = LogWriter.open(
                folder,
                new SignedHeads(folder, kept, origin, identity),
                leaves::range,
                leaves.count(),
                new LogCheck(leaves::range, folder, () -> closing),
                identity,
                origin);
        published = writer.published();
        buffer.published(writer.size(), nanoTime.getAsLong());
        folder.note(LogFolder.WITNESSED)
                .flatMap(cosignatures::reopen)
                .ifPresent(before -> witnessed = Optional.of(before));
        if (!checked && published.isPresent()) {
            checked = true;
            background.execute(this::checkAll);
        }
        return writer;
    }

    /** Old tiles, which nothing reads at the start, are looked at once after it. */
    private void checkAll() {
        try {
            LogFolder mending = new LogFolder(path, boundary);
            LogReport report = new LogCheck(leaves::range, tiles, () -> closing)
                    .repair(published.orElseThrow().checkpoint(), (tile, content) -> {
                        if (!tile.isPartial()) mending.write(tile, content);
                    });
            mending.force();
            if (closing || report.clean()) return;
            tiles.forget();
            report.damages().forEach(each -> LOG.warn("Damaged file of the log: {}", each));
            if (report.contradiction().isEmpty()) return;
            contradiction = report.contradiction();
            buffer.poke();
        } catch (IOException | RuntimeException e) {
            if (!closing) LOG.warn("The files of the transparency log could not be checked", e);
        }
    }

    private void publishAll(LogWriter writer) throws IOException, LogContradiction, InterruptedException {
        while (true) {
            if (contradiction.isPresent()) throw new LogContradiction(contradiction.get());
            boolean last = closing;
            if (writer.size() < buffer.known()) step(writer);
            takeCosignatures(writer);
            boolean caughtUp = writer.size() >= buffer.known();
            keep(last && caughtUp);
            if (!caughtUp) continue;
            trouble = Optional.empty();
            if (last) return;
            if (!closing && contradiction.isEmpty()) buffer.awaitMoreThan(writer.size());
        }
    }

    private void step(LogWriter writer) throws IOException, LogContradiction, InterruptedException {
        long begunNanos = nanoTime.getAsLong();
        long known = buffer.known();
        List<LeafRow> next = buffer.takeFrom(writer.size(), MOST_AT_ONCE);
        if (next.isEmpty()) next = leaves.range(writer.size(), Math.min(known, writer.size() + MOST_AT_ONCE));
        if (next.isEmpty()) throw new LogContradiction("The tables have no leaf " + writer.size() + " any more.");
        writer.append(next);
        published = Optional.of(writer.publish());
        buffer.published(writer.size(), begunNanos);
        if (closing || buffer.known() - writer.size() > MOST_AT_ONCE) return;
        long used = nanoTime.getAsLong() - begunNanos;
        buffer.pause(settings.pause().minusNanos(Math.min(used, settings.pause().toNanos())));
    }

    private void takeCosignatures(LogWriter writer) throws IOException {
        List<Published> given;
        synchronized (cosigned) {
            given = List.copyOf(cosigned.values());
            cosigned.clear();
        }
        for (Published each : given) {
            Published now = published.orElseThrow();
            if (each.checkpoint().equals(now.checkpoint())) {
                Published merged = cosignatures.merge(now, each);
                if (!merged.note().equals(now.note())) published = Optional.of(writer.show(merged.note()));
            }
            long best = witnessed.map(Published::size).orElse(-1L);
            if (each.size() < best || each.size() > now.size()) continue;
            Published newest = each.size() == best ? cosignatures.merge(witnessed.orElseThrow(), each) : each;
            folder.replace(LogFolder.WITNESSED, newest.note().bytes());
            witnessed = Optional.of(newest);
        }
    }

    /** Keeps what was signed in the database, now and then: a lost folder must not let it be forgotten. */
    private void keep(boolean now) {
        if (published.isEmpty()) return;
        Published newest = published.get();
        boolean due = keptSize == 0
                || nanoTime.getAsLong() - keptAtNanos >= settings.keepEvery().toNanos();
        if (newest.size() <= keptSize || !due && !now) return;
        SignedNote own =
                new SignedNote(newest.note().text(), newest.note().signatures().subList(0, 1));
        kept.keep(newest.size(), own.toString());
        keptSize = newest.size();
        keptAtNanos = nanoTime.getAsLong();
    }

    /** The key under which the log's checkpoints are verified, as text. */
    public String verifierKey() {
        return NoteKey.ofLog(origin, identity.publicKey()).toString();
    }

    /** Publishes what is there and ends. */
    @Override
    public void close() {
        closing = true;
        buffer.poke();
        try {
            thread.join(LONGEST_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
