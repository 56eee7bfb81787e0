package com.peerllm.shared.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log cut into tiles as C2SP tlog-tiles says, and proofs made of them. */
class TilesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 1234067, 256, tile/0/x001/x234/067",
        "1, 999, 17, tile/1/999.p/17",
        "2, 1000, 256, tile/2/x001/000",
        "-1, 273, 112, tile/entries/273.p/112",
        "0, 36028797018963967, 255, tile/0/x036/x028/x797/x018/x963/967.p/255"
    })
    void tilesAreNamedAsTheSpecificationSays(int level, long index, int width, String path) {
        Tile tile = new Tile(level, index, width);
        assertThat(tile.path()).isEqualTo(path);
        assertThat(Tile.parse(path)).hasValue(tile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/0",
                "tile/0/",
                "tile/0/0",
                "tile/0/00",
                "tile/0/0000",
                "tile/00/000",
                "tile/8/000",
                "tile/-1/000",
                "tile/0/x000/000",
                "tile/0/001/000",
                "tile/0/x1/000",
                "tile/0/x001/x234",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/+1",
                "tile/0/000.p/1/",
                "tile/0/000.p/1.p/1",
                "/tile/0/000",
                "tile/0/000/",
                "tile/0/../000",
                "tile/entries/-01",
                "tile/data/000",
                "checkpoint",
                "tile/0/٠٠١",
                "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                "tile/0/000.p/",
                "tile/0/000.p/99999999999"
            })
    void noTileHasASecondName(String path) {
        assertThat(Tile.parse(path)).isEqualTo(Optional.empty());
    }

    /** The example of the specification. */
    @Test
    void aLogOf70000LeavesHasTheTilesOfTheExample() {
        Map<Integer, Map<Boolean, List<Tile>>> tiles = Tiles.of(70_000)
                .collect(Collectors.groupingBy(Tile::level, Collectors.partitioningBy(Tile::isPartial)));
        assertThat(tiles.get(0).get(false)).hasSize(273);
        assertThat(tiles.get(0).get(true)).containsExactly(new Tile(0, 273, 112));
        assertThat(tiles.get(1).get(false)).containsExactly(new Tile(1, 0, 256));
        assertThat(tiles.get(1).get(true)).containsExactly(new Tile(1, 1, 17));
        assertThat(tiles.get(2).get(false)).isEmpty();
        assertThat(tiles.get(2).get(true)).containsExactly(new Tile(2, 0, 1));
        assertThat(tiles.get(Tile.ENTRIES).get(true)).containsExactly(Tile.entries(273, 112));
        assertThat(tiles).containsOnlyKeys(-1, 0, 1, 2);
        assertThat(Tiles.of(256)).containsExactly(Tile.entries(0, 256), new Tile(0, 0, 256), new Tile(1, 0, 1));
        assertThat(Tiles.of(0)).isEmpty();
    }

    @Property(tries = 300)
    void whatGrowingAddsIsWhatIsThereAfterwardsAndWasNotBefore(
            @ForAll @LongRange(max = 200_000) long oldSize, @ForAll @LongRange(max = 1_500) long more) {
        Set<Tile> before = Tiles.of(oldSize).collect(Collectors.toSet());
        Set<Tile> after = Tiles.of(oldSize + more).collect(Collectors.toSet());
        after.removeAll(before);
        assertThat(Tiles.added(oldSize, oldSize + more)).containsExactlyInAnyOrderElementsOf(after);
        assertThat(Tiles.partial(oldSize))
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().filter(Tile::isPartial).toList());
    }

    @Test
    void everyTileHoldsTheHashesOfItsDefinition() throws Exception {
        int size = 66_000;
        Log log = new Log();
        WholeTree tree = new WholeTree();
        for (int leaf = 0; leaf < size; leaf++) {
            log.append(leaf);
            tree.add(WholeTree.content(leaf));
        }
        log.publish();
        for (Tile tile : Tiles.of(size).toList()) {
            if (tile.isEntries()) continue;
            for (int i = 0; i < tile.width(); i++) {
                TreeHash hash = tree.hash(8 * tile.level(), tile.index() * 256 + i);
                assertThat(TreeHash.at(log.files.get(tile), 32 * i)).isEqualTo(hash);
            }
        }
        for (Tile tile : Tiles.of(size).filter(Tile::isEntries).toList()) {
            List<byte[]> entries = EntryBundle.decode(log.files.get(tile), tile.width());
            for (int i = 0; i < entries.size(); i++) {
                assertThat(entries.get(i)).isEqualTo(WholeTree.content((int) tile.index() * 256 + i));
            }
        }
        assertThat(log.builder.root()).isEqualTo(tree.root(size));
    }

    @Property(tries = 40)
    void howeverOftenItIsPublishedAndOpenedAgainTheTilesAreTheSame(@ForAll List<@IntRange(max = 700) Integer> steps)
            throws IOException {
        Log once = new Log();
        Log often = new Log();
        for (int step : steps.subList(0, Math.min(5, steps.size()))) {
            long before = often.builder.size();
            for (int i = 0; i < step; i++) once.append((int) once.builder.size());
            for (int i = 0; i < step; i++) often.append((int) often.builder.size());
            List<Tile> added = often.publish();
            assertThat(added)
                    .containsExactlyInAnyOrderElementsOf(
                            Tiles.added(before, before + step).toList());
            often.builder = TileBuilder.resume(often.builder.size(), often::read);
        }
        once.publish();
        assertThat(often.builder.root()).isEqualTo(once.builder.root());
        assertThat(often.builder.takeAdded()).isEmpty();
        Tiles.of(once.builder.size())
                .forEach(tile -> assertThat(often.files.get(tile)).isEqualTo(once.files.get(tile)));
    }

    @Test
    void proofsAreMadeOfFewTiles() throws Exception {
        int size = 70_000;
        Log log = new Log();
        for (int leaf = 0; leaf < size; leaf++) log.append(leaf);
        log.publish();
        TreeHash root = log.builder.root();
        for (int index : new int[] {0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999}) {
            log.reads = 0;
            InclusionProof proof = new TreeProver(new TiledHashes(log::read, size)).inclusion(index, size);
            assertThat(proof.verify(new TreeHasher().leaf(WholeTree.content(index)), root)
                            .holds())
                    .isTrue();
            assertThat(log.reads).isLessThanOrEqualTo(6);
        }
        for (int oldSize : new int[] {1, 255, 256, 257, 65_536, 69_999}) {
            log.reads = 0;
            TreeProver prover = new TreeProver(new TiledHashes(log::read, size));
            ConsistencyProof proof = prover.consistency(oldSize, size);
            assertThat(log.reads).isLessThanOrEqualTo(6);
            assertThat(proof.verify(prover.root(oldSize), root).holds()).isTrue();
        }
    }

    @Test
    void aDamagedTileMakesAProofThatFailsAndACutOneIsNamed() throws Exception {
        int size = 1_000;
        Log log = new Log();
        for (int leaf = 0; leaf < size; leaf++) log.append(leaf);
        log.publish();
        Tile tile = new Tile(0, 2, 256);
        TreeHash leaf = new TreeHasher().leaf(WholeTree.content(520));
        TreeProver prover = new TreeProver(new TiledHashes(log::read, size));
        assertThat(prover.inclusion(520, size).verify(leaf, log.builder.root()).holds())
                .isTrue();
        log.files.get(tile)[32 * 3] ^= 1;
        TreeProver damaged = new TreeProver(new TiledHashes(log::read, size));
        assertThat(damaged.inclusion(520, size).verify(leaf, log.builder.root()).holds())
                .isFalse();
        log.files.put(tile, new byte[100]);
        TreeProver cut = new TreeProver(new TiledHashes(log::read, size));
        assertThatThrownBy(() -> cut.inclusion(520, size))
                .isInstanceOf(InvalidLogData.class)
                .hasMessage("tile/0/002 has 100 bytes instead of 8192");
    }

    @Test
    void bundlesAreReadWholeOrNotAtAll() throws Exception {
        List<byte[]> entries = List.of(new byte[0], new byte[] {7}, new byte[EntryBundle.MAX_ENTRY_BYTES]);
        byte[] bundle = EntryBundle.encode(entries);
        assertThat(bundle).hasSize(3 * 2 + 1 + 65_535).startsWith(0, 0, 0, 1, 7, 0xFF, 0xFF);
        assertThat(EntryBundle.decode(bundle, 3)).containsExactlyElementsOf(entries);
        assertThatThrownBy(() -> EntryBundle.decode(bundle, 2)).hasMessage("The bundle has more than 2 entries");
        assertThatThrownBy(() -> EntryBundle.decode(bundle, 4)).hasMessage("The bundle has 3 entries instead of 4");
        for (int length = 1; length < 300; length++) {
            byte[] cut = java.util.Arrays.copyOf(bundle, length);
            assertThatThrownBy(() -> EntryBundle.decode(cut, 3)).isInstanceOf(InvalidLogData.class);
        }
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A published log in memory. */
    static final class Log {
        final Map<Tile, byte[]> files = new HashMap<>();
        TileBuilder builder = new TileBuilder();
        int reads;

        void append(int leaf) {
            builder.append(WholeTree.content(leaf));
        }

        List<Tile> publish() {
            List<Tile> added = new ArrayList<>();
            for (TileBuilder.Content content : builder.takeAdded()) {
                added.add(content.tile());
                files.put(content.tile(), content.bytes());
            }
            return added;
        }

        byte[] read(Tile tile) throws IOException {
            reads++;
            byte[] bytes = files.get(tile);
            if (bytes == null) throw new IOException("There is no " + tile);
            return bytes;
        }
    }
}
