package com.peerllm.orchestrator.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.peerllm.orchestrator.clients.ClientFailure;
import com.peerllm.orchestrator.clients.LogReader;
import com.peerllm.orchestrator.clients.LogReader.Shown;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.Cosignature;
import com.peerllm.shared.transparency.EntryBundle;
import com.peerllm.shared.transparency.InclusionProof;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TileBuilder;
import com.peerllm.shared.transparency.TiledHashes;
import com.peerllm.shared.transparency.Tiles;
import com.peerllm.shared.transparency.TreeHash;
import com.peerllm.shared.transparency.TreeProver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log in files, as a mirror has it, read by libraries that others wrote: they accept every entry of ours, and nothing that was changed. */
@Timeout(60)
class IndependentReadersTest {
    private static final String ORIGIN = "peerllm.log/test";
    private static final PeerIdentity LOG = PeerIdentity.generate();

    @TempDir
    private Path folder;

    private LogReader reader;

    enum Library {
        SIGSTORE_JAVA,
        SIGSTORE_NPM;

        LogReader open() {
            return this == SIGSTORE_JAVA ? LogReader.sigstoreJava() : LogReader.sigstoreNpm(Path.of(".."));
        }
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyEntryIsAccepted(Library library) throws IOException {
        reader = library.open();
        for (int size : new int[] {1, 2, 3, 255, 256, 257, 700}) {
            SignedNote checkpoint = publish(size);
            for (int index : new int[] {0, 1, size / 2, size - 2, size - 1}) {
                if (index < 0 || index >= size) continue;
                assertThatCode(() -> reader.verify(shown(index, size, checkpoint)))
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasChangedIsRefused(Library library) throws IOException {
        reader = library.open();
        Shown good = shown(300, 700, publish(700));
        reader.verify(good);
        String cosigned = SignedNote.parse(good.checkpoint().getBytes(StandardCharsets.UTF_8))
                .with(Cosignature.sign(
                        "witness.example/w1",
                        PeerIdentity.generate(),
                        Checkpoint.parse(text(good.checkpoint())),
                        1_795_381_795))
                .toString();
        reader.verify(new Shown(good.leaf(), 300, good.hashes(), cosigned, ORIGIN, LOG.publicKey()));

        List<byte[]> hashes = new ArrayList<>(good.hashes());
        hashes.set(2, flipped(hashes.get(2)));
        List<Shown> changed = List.of(
                new Shown(flipped(good.leaf()), 300, good.hashes(), good.checkpoint(), ORIGIN, LOG.publicKey()),
                new Shown(good.leaf(), 301, good.hashes(), good.checkpoint(), ORIGIN, LOG.publicKey()),
                new Shown(good.leaf(), 300, hashes, good.checkpoint(), ORIGIN, LOG.publicKey()),
                new Shown(
                        good.leaf(),
                        300,
                        good.hashes().subList(1, good.hashes().size()),
                        good.checkpoint(),
                        ORIGIN,
                        LOG.publicKey()),
                new Shown(
                        good.leaf(),
                        300,
                        good.hashes(),
                        good.checkpoint().replace("\n700\n", "\n701\n"),
                        ORIGIN,
                        LOG.publicKey()),
                new Shown(
                        good.leaf(),
                        300,
                        good.hashes(),
                        good.checkpoint(),
                        ORIGIN,
                        PeerIdentity.generate().publicKey()));
        for (Shown each : changed) {
            ClientFailure refusal = catchThrowableOfType(ClientFailure.class, () -> reader.verify(each));
            // Refused for what it is, and not because the library stumbled.
            assertThat(refusal.type())
                    .isIn("InclusionProofVerificationException", "VerificationError", "UnsignedCheckpoint");
        }
    }

    private static String text(String note) {
        return note.substring(0, note.indexOf("\n\n") + 1);
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[7] ^= 1;
        return flipped;
    }

    /** Writes a log of so many entries as files. */
    private SignedNote publish(int size) throws IOException {
        TileBuilder tiles = new TileBuilder();
        for (int leaf = 0; leaf < size; leaf++) {
            tiles.append(("peerllm entry v1\ntime " + leaf).getBytes(StandardCharsets.UTF_8));
        }
        for (TileBuilder.Content content : tiles.takeAdded()) {
            Path file = folder.resolve(content.tile().path());
            Files.createDirectories(file.getParent());
            Files.write(file, content.bytes());
        }
        return new Checkpoint(ORIGIN, size, tiles.root()).sign(LOG);
    }

    /** An entry with its proof, out of the files. */
    private Shown shown(int index, int size, SignedNote checkpoint) throws IOException {
        InclusionProof proof = new TreeProver(new TiledHashes(this::read, size)).inclusion(index, size);
        Tile bundle = Tiles.holding(Tile.ENTRIES, index, size);
        byte[] leaf = EntryBundle.decode(read(bundle), bundle.width()).get(index % Tile.WIDTH);
        List<byte[]> hashes = proof.hashes().stream().map(TreeHash::bytes).toList();
        return new Shown(leaf, index, hashes, checkpoint.toString(), ORIGIN, LOG.publicKey());
    }

    private byte[] read(Tile tile) throws IOException {
        return Files.readAllBytes(folder.resolve(tile.path()));
    }
}
