package com.peerllm.orchestrator.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.ConsistencyProof;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TiledHashes;
import com.peerllm.shared.transparency.Tiles;
import com.peerllm.shared.transparency.TreeBuilder;
import com.peerllm.shared.transparency.TreeHash;
import com.peerllm.shared.transparency.TreeProver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the log, written by one publisher, across power cuts and damage. */
class LogWriterTest {
    private static final String ORIGIN = "peerllm.log/test";
    private static final PowerCut NO_CUT = new PowerCut(Integer.MAX_VALUE);
    private static final int LEAVES = 600;
    private static final List<LeafRow> TABLES = leaves("leaf");
    /** Around the edges of tiles. */
    private static final int[] SIZES = {1, 255, 256, 257, 512, LEAVES};

    private final PeerIdentity identity = PeerIdentity.generate();

    @TempDir
    Path data;

    private Path log;
    private Database database;

    @BeforeEach
    void open() {
        log = data.resolve("log");
        database = Database.open(new DatabaseAddress.Embedded(data));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static List<LeafRow> leaves(String word) {
        return LongStream.range(0, LEAVES)
                .mapToObj(i -> new LeafRow(i, word + " " + i))
                .toList();
    }

    private LogWriter open(Boundary boundary, List<LeafRow> tables) throws IOException, LogContradiction {
        LogFolder folder = new LogFolder(log, boundary);
        LogCheck.LeafPages pages = (from, end) -> tables.subList((int) from, (int) Math.min(end, tables.size()));
        return LogWriter.open(
                folder,
                new SignedHeads(folder, database.checkpoints(), ORIGIN, identity),
                pages,
                tables.size(),
                new LogCheck(pages, folder, () -> false),
                identity,
                ORIGIN);
    }

    private void grow(LogWriter writer, List<Published> seen) throws IOException, LogContradiction {
        for (int size : SIZES) {
            if (size <= writer.size()) continue;
            writer.append(TABLES.subList((int) writer.size(), size));
            seen.add(writer.publish());
        }
    }

    private Checkpoint whole() throws IOException, LogContradiction {
        List<Published> seen = new ArrayList<>();
        grow(open(NO_CUT, TABLES), seen);
        return seen.getLast().checkpoint();
    }

    @Test
    void whereverThePowerGoesNoShownCheckpointIsTakenBackAndNoOtherIsSigned() throws Exception {
        int step = 0;
        while (true) {
            deleteLog();
            PowerCut cut = new PowerCut(step);
            List<Published> seen = new ArrayList<>();
            try {
                grow(open(cut, TABLES), seen);
            } catch (IOException e) {
                assertThat(cut.happened()).as(e.toString()).isTrue();
            }
            if (!cut.happened()) break;
            cut.forgetWhatWasNotForced();

            LogWriter after = open(NO_CUT, TABLES);
            long shown = seen.isEmpty() ? 0 : seen.getLast().size();
            assertThat(after.published().map(Published::size).orElse(0L))
                    .as("step " + step)
                    .isGreaterThanOrEqualTo(shown);
            after.published().ifPresent(seen::add);
            grow(after, seen);
            requireOneHistory(seen);
            assertThat(check(seen.getLast().checkpoint()).clean())
                    .as("step " + step)
                    .isTrue();
            step++;
        }
        assertThat(step).isGreaterThan(50);
    }

    private void requireOneHistory(List<Published> seen) throws IOException {
        Published last = seen.getLast();
        TreeProver prover = new TreeProver(new TiledHashes(new LogFolder(log, NO_CUT), last.size()));
        for (Published each : seen) {
            assertThat(new LogVerifier(ORIGIN, identity.publicKey()).open(each.note()))
                    .isEqualTo(each.checkpoint());
            ConsistencyProof grown = prover.consistency(each.size(), last.size());
            assertThat(grown.verify(each.checkpoint().root(), last.checkpoint().root())
                            .fault())
                    .isEmpty();
        }
    }

    private LogReport check(Checkpoint signed) throws IOException {
        return new LogCheck(
                        (from, end) -> TABLES.subList((int) from, (int) end), new LogFolder(log, NO_CUT), () -> false)
                .run(signed);
    }

    @Test
    void aFlippedBitInAnyFileIsNamedWithItsPlaceAndMendedAtTheNextOpening() throws Exception {
        Checkpoint signed = whole();
        for (Tile tile : Tiles.of(LEAVES).toList()) {
            Path file = log.resolve(tile.path());
            byte[] right = Files.readAllBytes(file);
            for (int at : new int[] {0, right.length / 2, right.length - 1}) {
                byte[] wrong = right.clone();
                wrong[at] ^= 4;
                Files.write(file, wrong);

                LogReport report = check(signed);
                assertThat(report.contradiction()).isEmpty();
                assertThat(report.damagedFiles()).isEqualTo(1);
                assertThat(report.damages().getFirst()).startsWith(tile.path() + ": " + place(tile, right, at));

                LogWriter opened = open(NO_CUT, TABLES);
                assertThat(opened.published().orElseThrow().checkpoint()).isEqualTo(signed);
                // Tiles left of the newest are looked at by the check after the start.
                if (tile.isPartial())
                    assertThat(Files.readAllBytes(file)).as(tile.path()).isEqualTo(right);
                Files.write(file, right);
            }
        }
    }

    private static String place(Tile tile, byte[] right, int at) {
        if (!tile.isEntries()) return "hash " + at / TreeHash.BYTES + " ";
        int entry = -1;
        for (int i = 0; i <= at; entry++) i += 2 + (right[i] << 8 | right[i + 1]);
        return "entry " + entry + " (leaf " + (tile.index() * Tile.WIDTH + entry) + ")";
    }

    @Test
    void aDamagedOrLostCheckpointIsMadeAgainFromWhatTheDatabaseRemembers() throws Exception {
        Checkpoint signed = whole();
        database.checkpoints().keep(signed.size(), signed.sign(identity).toString());
        Path file = log.resolve("checkpoint");
        byte[] right = Files.readAllBytes(file);
        for (int at = 0; at < right.length; at += 7) {
            byte[] wrong = right.clone();
            wrong[at] ^= 1;
            Files.write(file, wrong);
            LogWriter opened = open(NO_CUT, TABLES);
            assertThat(opened.published().orElseThrow().checkpoint())
                    .as("byte " + at)
                    .isEqualTo(signed);
            assertThat(log.resolve("checkpoint.damaged")).hasBinaryContent(wrong);
        }
        Files.deleteIfExists(file);
        assertThat(open(NO_CUT, TABLES).published().orElseThrow().checkpoint()).isEqualTo(signed);
    }

    @Test
    void aLostFolderIsMadeAgainWithTheSameRoots() throws Exception {
        Checkpoint signed = whole();
        database.checkpoints().keep(signed.size(), signed.sign(identity).toString());
        deleteLog();
        assertThat(open(NO_CUT, TABLES).published().orElseThrow().checkpoint()).isEqualTo(signed);
        assertThat(check(signed).clean()).isTrue();

        TreeBuilder tree = new TreeBuilder();
        for (LeafRow row : TABLES) tree.append(row.text().getBytes(StandardCharsets.UTF_8));
        assertThat(signed.root()).isEqualTo(tree.root());
    }

    @Test
    void tablesThatContradictWhatWasSignedAreNotSigned() throws Exception {
        Checkpoint signed = whole();
        database.checkpoints().keep(signed.size(), signed.sign(identity).toString());
        List<LeafRow> other = new ArrayList<>(TABLES);
        other.set(300, new LeafRow(300, "another leaf"));

        assertThatThrownBy(() -> open(NO_CUT, TABLES.subList(0, 599)))
                .isInstanceOf(LogContradiction.class)
                .hasMessageContaining("600 leaves")
                .hasMessageContaining("599");
        deleteLog();
        assertThatThrownBy(() -> open(NO_CUT, other))
                .isInstanceOf(LogContradiction.class)
                .hasMessageContaining("do not lead to the root");
        assertThat(Files.exists(log.resolve("checkpoint"))).isFalse();
    }

    @Test
    void aChangedLeafInTheTablesIsFoundByTheCheck() throws Exception {
        Checkpoint signed = whole();
        List<LeafRow> other = new ArrayList<>(TABLES);
        other.set(300, new LeafRow(300, "another leaf"));
        LogReport report = new LogCheck(
                        (from, end) -> other.subList((int) from, (int) end), new LogFolder(log, NO_CUT), () -> false)
                .run(signed);
        assertThat(report.contradiction().orElseThrow()).contains("tile/entries/001: entry 44 (leaf 300)");
    }

    @Test
    void anotherNameOrKeyDoesNotGoOnWithTheLog() throws Exception {
        whole();
        LogFolder folder = new LogFolder(log, NO_CUT);
        for (SignedHeads heads : List.of(
                new SignedHeads(folder, database.checkpoints(), "peerllm.log/other", identity),
                new SignedHeads(folder, database.checkpoints(), ORIGIN, PeerIdentity.generate()))) {
            assertThatThrownBy(heads::read)
                    .isInstanceOf(LogContradiction.class)
                    .hasMessageContaining("Start it with the name and key from before");
        }
    }

    @Test
    void onlyTheFilesOfTheLastTwoCheckpointsStay() throws Exception {
        LogWriter writer = open(NO_CUT, TABLES);
        for (LeafRow row : TABLES) {
            writer.append(List.of(row));
            writer.publish();
            if (row.index() % 50 == 49) assertThat(partials()).hasSizeLessThanOrEqualTo(6);
        }
        Files.createDirectories(log.resolve("tile/0/002.p"));
        Files.write(log.resolve("tile/0/002.p/3"), new byte[96]);
        Files.write(log.resolve("tile/0/002.new"), new byte[5]);
        open(NO_CUT, TABLES);
        assertThat(partials())
                .containsExactlyInAnyOrderElementsOf(Tiles.partial(LEAVES).stream()
                        .map(tile -> log.resolve(tile.path()))
                        .toList());
        assertThat(log.resolve("tile/0/002.new")).doesNotExist();
    }

    @Test
    void everyWidthThatATileEverHadIsServed() throws Exception {
        whole();
        LogTiles tiles = new LogTiles(new LogFolder(log, NO_CUT), () -> LEAVES, 1 << 20);
        byte[] full = tiles.read(new Tile(0, 0, 256));
        assertThat(tiles.read(new Tile(0, 0, 7))).isEqualTo(java.util.Arrays.copyOf(full, 7 * 32));
        assertThat(tiles.read(Tile.entries(2, 3))).hasSize(3 * (2 + "leaf 512".length()));
        for (Tile missing : List.of(new Tile(0, 2, 89), new Tile(0, 3, 1), new Tile(2, 0, 1), new Tile(1, 0, 3))) {
            assertThatThrownBy(() -> tiles.read(missing)).isInstanceOf(java.nio.file.NoSuchFileException.class);
        }
    }

    private List<Path> partials() throws IOException {
        try (Stream<Path> files = Files.walk(log)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getParent().toString().endsWith(".p"))
                    .toList();
        }
    }

    private void deleteLog() throws IOException {
        if (!Files.exists(log)) return;
        try (Stream<Path> files = Files.walk(log)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
