package com.peerllm.orchestrator.transparency;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.EntryBundle;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TileBuilder;
import com.peerllm.shared.transparency.TiledHashes;
import com.peerllm.shared.transparency.Tiles;
import com.peerllm.shared.transparency.TreeHash;
import com.peerllm.shared.transparency.TreeHasher;
import com.peerllm.shared.transparency.TreeProver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grows the files of the log. A checkpoint is signed only on top of one that was signed before and that the files, and through them
 * the tables, lead to; and it is seen only when its tiles are on the disk. For one thread.
 */
final class LogWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final int MOST_LOGGED = 10;

    private final LogFolder folder;
    private final PeerIdentity identity;
    private final String origin;
    private final TileBuilder builder;
    private Optional<Published> published;
    /** Partial tiles of the checkpoint before this one, which somebody may still be reading. */
    private Set<Tile> before;

    private LogWriter(
            LogFolder folder,
            PeerIdentity identity,
            String origin,
            TileBuilder builder,
            Optional<Published> published) {
        this.folder = folder;
        this.identity = identity;
        this.origin = origin;
        this.builder = builder;
        this.published = published;
        this.before = Set.copyOf(Tiles.partial(builder.size()));
    }

    /**
     * Goes on with the log that was signed last. Files that are missing or damaged are made again from the tables.
     *
     * @param tables where leaves are read
     * @param count how many the tables have
     * @throws LogContradiction when tables and signatures cannot both be true
     */
    static LogWriter open(
            LogFolder folder,
            SignedHeads heads,
            LogCheck.LeafPages tables,
            long count,
            LogCheck check,
            PeerIdentity identity,
            String origin)
            throws IOException, LogContradiction {
        List<Published> signed = heads.read();
        if (signed.isEmpty()) {
            folder.sweep(0);
            return new LogWriter(folder, identity, origin, new TileBuilder(), Optional.empty());
        }
        Published last = signed.getFirst();
        if (last.size() > count) {
            throw new LogContradiction("A log of " + last.size() + " leaves was signed, and the tables have " + count
                    + ". They are older than the log: restore the newer ones.");
        }
        if (!leadsToRoot(folder, last.checkpoint()) || !newestBundleIsThat(folder, tables, last.size())) {
            mend(folder, check, last.checkpoint());
        }
        for (Published older : signed) requireContinued(folder, last, older);
        folder.sweep(last.size());
        TileBuilder builder = TileBuilder.resume(last.size(), folder);
        return new LogWriter(folder, identity, origin, builder, Optional.of(last));
    }

    private static boolean leadsToRoot(LogFolder folder, Checkpoint signed) {
        try {
            return TileBuilder.resume(signed.size(), folder).root().equals(signed.root());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean newestBundleIsThat(LogFolder folder, LogCheck.LeafPages tables, long size) {
        if (size == 0) return true;
        long first = (size - 1) / Tile.WIDTH * Tile.WIDTH;
        try {
            Tile bundle = Tiles.holding(Tile.ENTRIES, size - 1, size);
            List<byte[]> entries = EntryBundle.decode(folder.read(bundle), bundle.width());
            byte[] hashes = folder.read(Tiles.holding(0, size - 1, size));
            List<LeafRow> rows = tables.range(first, size);
            if (rows.size() != entries.size()) return false;
            TreeHasher hasher = new TreeHasher();
            for (int i = 0; i < rows.size(); i++) {
                TreeHash leaf = hasher.leaf(rows.get(i).text().getBytes(StandardCharsets.UTF_8));
                if (!leaf.equals(hasher.leaf(entries.get(i)))) return false;
                if (!leaf.equals(TreeHash.at(hashes, i * TreeHash.BYTES))) return false;
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void mend(LogFolder folder, LogCheck check, Checkpoint signed) throws IOException, LogContradiction {
        LogReport report = check.repair(signed, folder::write);
        if (report.contradiction().isPresent()) {
            throw new LogContradiction(report.contradiction().get() + " Restore the data folder from a backup.");
        }
        folder.force();
        report.damages().stream().limit(MOST_LOGGED).forEach(each -> LOG.warn("Damaged file of the log: {}", each));
        LOG.warn("{} files of the log were made again from the tables", report.damagedFiles());
        if (!leadsToRoot(folder, signed)) throw new IOException("The files of the log were made again and differ");
    }

    private static void requireContinued(LogFolder folder, Published last, Published older)
            throws IOException, LogContradiction {
        TreeHash root = new TreeProver(new TiledHashes(folder, last.size())).root(older.size());
        if (root.equals(older.checkpoint().root())) return;
        throw new LogContradiction("Two checkpoints were signed, of " + older.size() + " and of " + last.size()
                + " leaves, that do not continue each other. Restore the data folder from a backup.");
    }

    /** Leaves of the log, the published ones and those that {@link #publish} will add. */
    long size() {
        return builder.size();
    }

    /** The last checkpoint; empty before the first. */
    Optional<Published> published() {
        return published;
    }

    /** @throws LogContradiction when a number is missing */
    void append(List<LeafRow> leaves) throws LogContradiction {
        for (LeafRow leaf : leaves) {
            if (leaf.index() != builder.size()) {
                throw new LogContradiction("The tables have no leaf " + builder.size() + ", but they have leaf "
                        + leaf.index() + ". Restore the data folder from a backup.");
            }
            builder.append(leaf.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes what was appended, forces it, and signs and shows the checkpoint over it. */
    Published publish() throws IOException {
        Set<Tile> outdated = new HashSet<>(before);
        Set<Tile> shown =
                new HashSet<>(Tiles.partial(published.map(Published::size).orElse(0L)));
        for (TileBuilder.Content made : builder.takeAdded()) folder.write(made.tile(), made.bytes());
        folder.force();
        Checkpoint checkpoint = new Checkpoint(origin, builder.size(), builder.root());
        SignedNote note = checkpoint.sign(identity);
        folder.replace(LogFolder.CHECKPOINT, note.bytes());
        published = Optional.of(new Published(checkpoint, note));
        outdated.removeAll(shown);
        Tiles.partial(builder.size()).forEach(outdated::remove);
        before = shown;
        for (Tile partial : new ArrayList<>(outdated)) folder.delete(partial);
        return published.get();
    }

    /** Shows the same checkpoint with more signatures under it. */
    Published show(SignedNote note) throws IOException {
        folder.replace(LogFolder.CHECKPOINT, note.bytes());
        published = Optional.of(new Published(published.orElseThrow().checkpoint(), note));
        return published.get();
    }
}
