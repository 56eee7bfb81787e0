package com.peerllm.shared.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.Cosignature;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.NoteKey;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.Tile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An honest log is clean at every size, from every source, in one go or bit by bit. */
class LogAuditTest {
    private static final MadeLog LOG = MadeLog.of(700, 97, true);
    private final AuditOptions options = AuditOptions.of(Optional.of(LOG.orchestrator.publicKey()));

    private AuditReport audit(LogFiles files) {
        return Audits.run(files, options, Optional.empty()).report();
    }

    private MemoryFiles publish(int size) {
        return LOG.publish(LOG.leaves.subList(0, size));
    }

    @Test
    void findsNothingWrongWithAnHonestLogAndSaysWhatItAddsUpTo() {
        AuditReport report = audit(LOG.publish());

        assertThat(report.fault()).isEmpty();
        AuditReport.Money money = report.money().orElseThrow();
        assertThat(money.payments() + money.entries() + money.states()).isEqualTo(700);
        assertThat(money.states()).isEqualTo(8);
        assertThat(report.hostSignatures()).isBetween(1L, money.payments() - 1);
        money.totals().forEach((kind, total) -> assertThat(total).as(kind).isEqualTo(LOG.total(kind)));
    }

    @Test
    void findsNothingWrongAtAnySizeAroundTheBordersOfTiles() {
        for (int size : new int[] {0, 1, 2, 3, 255, 256, 257, 511, 512, 513}) {
            assertThat(audit(publish(size)).fault()).as("size " + size).isEmpty();
        }
    }

    @Test
    void readsAFolder(@TempDir Path folder) throws IOException {
        LOG.publish().writeTo(folder);
        assertThat(audit(new FolderFiles(folder)).isClean()).isTrue();
    }

    @Test
    void readsAMirrorWhoseTilesAreNewerThanItsCheckpoint(@TempDir Path folder) throws IOException {
        publish(690).writeTo(folder);
        Files.write(folder.resolve("checkpoint"), publish(600).checkpoint());
        AuditReport report = audit(new FolderFiles(folder));
        assertThat(report.fault()).isEmpty();
        assertThat(report.checkpoint().orElseThrow().size()).isEqualTo(600);
    }

    @Test
    void takesTheKeyThatThePaymentsNameWhenNoneIsGiven() {
        AuditReport report = Audits.run(LOG.publish(), AuditOptions.of(Optional.empty()), Optional.empty())
                .report();
        assertThat(report.isClean()).isTrue();
        assertThat(report.key()).contains(LOG.orchestrator.publicKey());
    }

    @Test
    void saysSoWhenNobodyNamesAKey() {
        MemoryFiles files = publish(2);
        assertThatThrownBy(() -> Audits.run(files, AuditOptions.of(Optional.empty()), Optional.empty()))
                .hasCauseInstanceOf(UnknownKey.class);
    }

    @Test
    void goesOnFromWhereTheLastAuditEnded() throws IOException {
        Optional<AuditState> state = Optional.empty();
        long from = 0;
        for (int size : new int[] {3, 255, 256, 300, 300, 700}) {
            Audits.Result result = Audits.run(publish(size), options, state);
            assertThat(result.report().fault()).isEmpty();
            assertThat(result.report().from()).isEqualTo(from);
            state = Optional.of(readAgain(result.state().orElseThrow()));
            from = size;
        }
        assertThat(state.orElseThrow().audited()).isEqualTo(700);
    }

    @Test
    void rememberedJobsAreFoundAgainByALaterAudit() throws IOException {
        AuditState state =
                Audits.run(publish(300), options, Optional.empty()).state().orElseThrow();
        String again = LOG.leaves.get(10);
        List<String> leaves = new java.util.ArrayList<>(LOG.leaves.subList(0, 301));
        leaves.add(again);

        Fault fault = Audits.run(LOG.publish(leaves), options, Optional.of(readAgain(state)))
                .fault();

        assertThat(fault.leaf()).hasValue(301);
        assertThat(fault.what()).contains("settled before, in leaf 10");
    }

    private AuditState readAgain(AuditState state) throws IOException {
        return AuditState.read(new ByteArrayInputStream(bytes(state)), options.mostBackwards(), new Random(1));
    }

    private static byte[] bytes(AuditState state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        state.write(out);
        return out.toByteArray();
    }

    @Test
    void aDamagedStateIsRefusedWhereverItIsDamaged() throws IOException {
        byte[] bytes =
                bytes(Audits.run(publish(40), options, Optional.empty()).state().orElseThrow());
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            assertThatThrownBy(() ->
                            AuditState.read(new ByteArrayInputStream(damaged), options.mostBackwards(), new Random(1)))
                    .as("byte " + i)
                    .isInstanceOf(InvalidLogData.class);
        }
    }

    @Test
    void theLogMayGrowWhileItIsRead() {
        MemoryFiles old = publish(300);
        for (int size : new int[] {301, 511, 512, 700}) {
            MemoryFiles grown = publish(size);
            // The checkpoint is the old one; by the time that the tiles are read, the old partial ones are gone.
            LogFiles files = new LogFiles() {
                private boolean first = true;

                @Override
                public byte[] checkpoint() throws IOException {
                    byte[] bytes = first ? old.checkpoint() : grown.checkpoint();
                    first = false;
                    return bytes;
                }

                @Override
                public byte[] read(Tile tile) throws IOException {
                    return grown.read(tile);
                }
            };
            AuditReport report = audit(files);
            assertThat(report.fault()).as("grown to " + size).isEmpty();
            assertThat(report.checkpoint().orElseThrow().size()).isEqualTo(300);
        }
    }

    @Test
    void whatCannotBeReadIsNoFaultAndTheAuditGoesOnLater() throws Exception {
        MemoryFiles files = LOG.publish();
        LogFiles broken = new LogFiles() {
            @Override
            public byte[] checkpoint() throws IOException {
                return files.checkpoint();
            }

            @Override
            public byte[] read(Tile tile) throws IOException {
                if (tile.isEntries() && tile.index() == 1) throw new IOException("The line is down");
                return files.read(tile);
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            LogAudit audit = new LogAudit(broken, options, threads, new Random(1), AuditProgress.silent());
            assertThatThrownBy(() -> audit.run(Optional.empty())).hasMessage("The line is down");

            AuditState state = audit.state().orElseThrow();
            assertThat(state.audited()).isEqualTo(256);
            AuditReport report = Audits.run(files, options, Optional.of(state)).report();
            assertThat(report.fault()).isEmpty();
            assertThat(report.from()).isEqualTo(256);
        }
    }

    @Test
    void anInterruptedAuditEndsAndSaysWhereItStands() throws Exception {
        MemoryFiles files = LOG.publish();
        CountDownLatch reading = new CountDownLatch(1);
        LogFiles slow = new LogFiles() {
            @Override
            public byte[] checkpoint() throws IOException {
                return files.checkpoint();
            }

            @Override
            public byte[] read(Tile tile) throws IOException {
                if (!tile.isEntries() || tile.index() == 0) return files.read(tile);
                reading.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IOException("Ended", e);
                }
                throw new AssertionError();
            }
        };
        AtomicReference<Throwable> ended = new AtomicReference<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            LogAudit audit = new LogAudit(slow, options, threads, new Random(1), AuditProgress.silent());
            Thread runner = Thread.ofPlatform().start(() -> {
                try {
                    audit.run(Optional.empty());
                } catch (Exception e) {
                    ended.set(e);
                }
            });
            reading.await();
            runner.interrupt();
            runner.join();
            assertThat(audit.state().orElseThrow().audited()).isIn(0L, 256L);
        }
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void cosignaturesOfTheWitnessesAskedForAreCounted() throws IOException {
        PeerIdentity witness = PeerIdentity.generate();
        NoteKey known = NoteKey.ofWitness("watch.example", witness.publicKey());
        NoteKey silent =
                NoteKey.ofWitness("idle.example", PeerIdentity.generate().publicKey());
        AuditOptions watched = new AuditOptions(
                options.key(),
                Optional.empty(),
                List.of(known, silent),
                options.signatures(),
                options.mostBackwards(),
                4);
        MemoryFiles files = LOG.publish();
        SignedNote note = SignedNote.parse(files.checkpoint());
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        files.put(
                "checkpoint",
                note.with(Cosignature.sign("watch.example", witness, checkpoint, 1_795_381_795L))
                        .bytes());

        AuditReport report = Audits.run(files, watched, Optional.empty()).report();

        assertThat(report.isClean()).isTrue();
        assertThat(report.cosignatures()).extracting(Cosignature::witness).containsExactly(known);

        Checkpoint other = new Checkpoint(checkpoint.origin(), 3, checkpoint.root());
        files.put(
                "checkpoint",
                note.with(Cosignature.sign("watch.example", witness, other, 1_795_381_795L))
                        .bytes());
        Fault fault = Audits.run(files, watched, Optional.empty()).fault();
        assertThat(fault.file()).contains("checkpoint");
        assertThat(fault.what()).contains("watch.example");
    }

    @Test
    void anotherKeyThanTheExpectedOneIsNamed() {
        Fault fault =
                Audits.run(LOG.publish(), PeerIdentity.generate().publicKey()).fault();
        assertThat(fault.file()).contains("checkpoint");
        assertThat(fault.what()).contains("not signed by the key");
    }
}
