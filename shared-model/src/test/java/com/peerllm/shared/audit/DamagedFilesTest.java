package com.peerllm.shared.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A file of the log that is damaged, swapped, missing or of monstrous size is named, and none ends the audit otherwise. */
class DamagedFilesTest {
    private final MadeLog log = MadeLog.of(700, 97, false);
    private final MemoryFiles files = log.publish();
    /** Signatures take longest and damage no file. */
    private final AuditOptions options = new AuditOptions(
            Optional.of(log.orchestrator.publicKey()),
            Optional.empty(),
            List.of(),
            SignatureCheck.NONE,
            AuditOptions.MOST_BACKWARDS,
            4);

    private Fault audit(LogFiles damaged) {
        return Audits.run(damaged, options, Optional.empty()).fault();
    }

    private MemoryFiles with(String path, byte[] content) {
        MemoryFiles changed = new MemoryFiles();
        changed.files.putAll(files.files);
        if (content == null) changed.files.remove(path);
        else changed.files.put(path, content);
        return changed;
    }

    @Test
    void everyFileWithOneFlippedBitIsNamed() {
        Random random = new Random(5);
        for (Map.Entry<String, byte[]> file : files.files.entrySet()) {
            for (int i = 0; i < 12; i++) {
                byte[] bytes = file.getValue().clone();
                int at = i == 0 ? 0 : i == 1 ? bytes.length - 1 : random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                Fault fault = audit(with(file.getKey(), bytes));
                assertThat(fault.file())
                        .as("byte " + at + " of " + file.getKey() + ": " + fault.sentence())
                        .contains(file.getKey());
            }
        }
    }

    @Test
    void aFlippedBitInABundleIsNamedWithItsLeaf() {
        String path = "tile/entries/001";
        byte[] bytes = files.files.get(path);
        int at = 0;
        for (int entry = 0; entry < 256; entry++) {
            int length = (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
            byte[] damaged = bytes.clone();
            damaged[at + 2 + length / 2] ^= 4;
            assertThat(audit(with(path, damaged)).leaf()).hasValue(256 + entry);
            byte[] shifted = bytes.clone();
            shifted[at + 1] ^= 1;
            assertThat(audit(with(path, shifted)).leaf()).hasValue(256 + entry);
            at += 2 + length;
        }
    }

    @Test
    void everyFileThatIsMissingEmptyShortOrTooLongIsNamed() {
        for (String path : List.copyOf(files.files.keySet())) {
            if (path.equals("checkpoint")) continue;
            byte[] bytes = files.files.get(path);
            List<byte[]> others = Arrays.asList(
                    null,
                    new byte[0],
                    Arrays.copyOf(bytes, bytes.length - 1),
                    Arrays.copyOf(bytes, bytes.length + 1),
                    Arrays.copyOf(bytes, bytes.length / 2),
                    new byte[3_000_000]);
            for (byte[] other : others) {
                Fault fault = audit(with(path, other));
                assertThat(fault.file()).as(fault.sentence()).contains(path);
            }
        }
    }

    @Test
    void swappedTilesAreNamed() {
        MemoryFiles swapped = with("tile/entries/000", files.files.get("tile/entries/001"));
        assertThat(audit(swapped).leaf()).hasValue(0);
        assertThat(audit(with("tile/0/000", files.files.get("tile/0/001"))).file())
                .contains("tile/0/000");
        assertThat(audit(with("tile/0/001", files.files.get("tile/0/000"))).file())
                .contains("tile/0/001");
    }

    @Test
    void aCheckpointThatTheFilesContradictIsNamed() {
        Checkpoint other =
                new Checkpoint(MadeLog.ORIGIN, 700, new TreeHasher().leaf("another".getBytes(StandardCharsets.UTF_8)));
        Fault fault = audit(with("checkpoint", other.sign(log.orchestrator).bytes()));
        assertThat(fault.file()).contains("checkpoint");
        assertThat(fault.what()).contains("root is not that of the tiles");
    }

    @Test
    void aCheckpointThatPromisesMoreThanThereIsNamesWhatIsMissing() {
        for (long size : new long[] {701, 768, 65_536, 1L << 40, Long.MAX_VALUE}) {
            Checkpoint huge = new Checkpoint(
                    MadeLog.ORIGIN, size, new TreeHasher().leaf("huge".getBytes(StandardCharsets.UTF_8)));
            Fault fault = audit(with("checkpoint", huge.sign(log.orchestrator).bytes()));
            assertThat(fault.what()).contains("is not there");
            assertThat(Tile.parse(fault.file().orElseThrow())).isPresent();
        }
    }

    @Test
    void noBytesAtAllEndAnAuditOtherwise() {
        Random random = new Random(6);
        for (int i = 0; i < 100; i++) {
            MemoryFiles damaged = with("none", null);
            for (String path : List.copyOf(damaged.files.keySet())) {
                if (random.nextInt(3) > 0) continue;
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                damaged.files.put(path, noise);
            }
            AuditReport report = Audits.run(damaged, options, Optional.empty()).report();
            assertThat(report.isClean()).isEqualTo(damaged.files.equals(files.files));
        }
    }
}
