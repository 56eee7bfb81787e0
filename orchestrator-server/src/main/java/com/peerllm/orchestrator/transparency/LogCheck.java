package com.peerllm.orchestrator.transparency;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TileBuilder;
import com.peerllm.shared.transparency.TileSource;
import com.peerllm.shared.transparency.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes the whole log again from the tables and compares every file of it, so that a flipped bit has a name: which file, which
 * entry or hash. Reads all leaves; for a thread that may wait.
 */
final class LogCheck {
    /** Whole tiles, so that nothing partial is seen between two pages. */
    private static final int PAGE = 4 * Tile.WIDTH;

    private static final int MOST_SENTENCES = 100;

    private final LeafPages leaves;
    private final TileSource files;
    private final BooleanSupplier stopped;

    /** Where leaves are read. */
    @FunctionalInterface
    interface LeafPages {
        List<LeafRow> range(long from, long end);
    }

    /** Takes what a file should hold. */
    @FunctionalInterface
    interface Repair {
        void write(Tile tile, byte[] content) throws IOException;
    }

    /** @param stopped asked from time to time; the check then ends with what it has */
    LogCheck(LeafPages leaves, TileSource files, BooleanSupplier stopped) {
        this.leaves = leaves;
        this.files = files;
        this.stopped = stopped;
    }

    /** Compares all files of a log of this size and root, and changes nothing. */
    LogReport run(Checkpoint signed) throws IOException {
        return walk(signed, (tile, content) -> {});
    }

    /**
     * Puts the right content into every file that differs, when the tables lead to the signed root.
     *
     * @return what was wrong before
     */
    LogReport repair(Checkpoint signed, Repair repair) throws IOException {
        LogReport found = run(signed);
        if (found.contradiction().isEmpty() && found.damagedFiles() > 0) walk(signed, repair);
        return found;
    }

    private LogReport walk(Checkpoint signed, Repair repair) throws IOException {
        TileBuilder builder = new TileBuilder();
        Map<Integer, TileBuilder.Content> edge = new HashMap<>();
        Findings findings = new Findings(repair);
        for (long from = 0; from < signed.size() && !stopped.getAsBoolean(); from += PAGE) {
            long end = Math.min(from + PAGE, signed.size());
            long expected = from;
            for (LeafRow row : leaves.range(from, end)) {
                if (row.index() != expected++) return findings.missing(signed, expected - 1);
                builder.append(row.text().getBytes(StandardCharsets.UTF_8));
            }
            if (expected < end) return findings.missing(signed, expected);
            for (TileBuilder.Content made : builder.takeAdded()) {
                if (made.tile().isPartial()) edge.put(made.tile().level(), made);
                else findings.compare(made);
                if (!made.tile().isPartial()) edge.remove(made.tile().level());
            }
        }
        if (stopped.getAsBoolean()) return findings.report(signed.size(), Optional.empty());
        for (TileBuilder.Content made : edge.values()) findings.compare(made);
        return findings.report(signed.size(), contradiction(signed, builder.root(), findings));
    }

    private static Optional<String> contradiction(Checkpoint signed, TreeHash root, Findings findings) {
        if (root.equals(signed.root())) return Optional.empty();
        String where = findings.sentences.isEmpty()
                ? ""
                : " The files differ first here: " + findings.sentences.getFirst() + ".";
        return Optional.of("The leaves in the tables do not lead to the root that was signed for a log of "
                + signed.size() + " leaves." + where);
    }

    private final class Findings {
        private final Repair repair;
        private final List<String> sentences = new ArrayList<>();
        private long damaged;

        Findings(Repair repair) {
            this.repair = repair;
        }

        void compare(TileBuilder.Content made) throws IOException {
            Optional<String> difference = difference(made.tile(), made.bytes());
            if (difference.isEmpty()) return;
            damaged++;
            if (sentences.size() < MOST_SENTENCES) sentences.add(made.tile().path() + ": " + difference.get());
            repair.write(made.tile(), made.bytes());
        }

        private Optional<String> difference(Tile tile, byte[] right) {
            byte[] there;
            try {
                there = files.read(tile);
            } catch (InvalidLogData e) {
                return Optional.of(e.getMessage());
            } catch (IOException e) {
                return Optional.of("the file is missing or cannot be read");
            }
            if (Arrays.equals(there, right)) return Optional.empty();
            return Optional.of(tile.isEntries() ? entry(tile, there, right) : hash(tile, there, right));
        }

        LogReport missing(Checkpoint signed, long leaf) {
            return report(
                    signed.size(),
                    Optional.of("The tables have no leaf " + leaf + ", but a log of " + signed.size()
                            + " leaves was signed."));
        }

        LogReport report(long size, Optional<String> contradiction) {
            return new LogReport(size, damaged, List.copyOf(sentences), contradiction);
        }
    }

    private static String entry(Tile tile, byte[] there, byte[] right) {
        long first = tile.index() * Tile.WIDTH;
        int at = Math.max(0, Arrays.mismatch(there, right));
        int start = 0;
        int entry = 0;
        // The right content's lengths say which entry the first wrong byte is in.
        while (start < right.length) {
            int length = Byte.toUnsignedInt(right[start]) << 8 | Byte.toUnsignedInt(right[start + 1]);
            if (at < start + 2 + length) break;
            start += 2 + length;
            entry++;
        }
        if (entry == tile.width()) return "there is more behind its last entry";
        return "entry " + entry + " (leaf " + (first + entry) + ") is not what the tables have";
    }

    private static String hash(Tile tile, byte[] there, byte[] right) {
        if (there.length != right.length) return "it has " + there.length + " bytes instead of " + right.length;
        int hash = Arrays.mismatch(there, right) / TreeHash.BYTES;
        return "hash " + hash + " is not what follows from the tables"
                + (tile.level() == 0 ? " (leaf " + (tile.index() * Tile.WIDTH + hash) + ")" : "");
    }
}
