package com.peerllm.orchestrator.transparency;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.ledger.TestLedger;
import com.peerllm.orchestrator.ledger.TransferId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.transparency.Cosignature;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints and a witness over real sockets. */
@Timeout(60)
class WitnessTest {
    private static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    Path data;

    private TestLedger test;
    private TestWitness witness;
    private LogPublisher publisher;
    private WitnessClient client;
    private int topUps;

    @BeforeEach
    void start() throws IOException {
        test = TestLedger.in(data).with(ALICE, Credits.ofDollars(1));
        witness = new TestWitness(new LogVerifier(LogPublisher.originOf("test"), TestLedger.ORCHESTRATOR.publicKey()));
        publish();
    }

    private void publish() {
        publisher = new LogPublisher(
                data.resolve("log"),
                test.database,
                TestLedger.ORCHESTRATOR,
                "test",
                LogSettings.STANDARD.withWitnesses(List.of(witness.key()), List.of()),
                System::nanoTime,
                Thread.ofPlatform().daemon().factory(),
                TestLedger.CALLBACKS);
        test.listeners.clear();
        test.listeners.add(publisher.listener());
        publisher.start();
        askWitness();
    }

    private void askWitness() {
        client = new WitnessClient(
                witness.url(), publisher, SOON, Thread.ofVirtual().factory());
        client.start();
    }

    @AfterEach
    void stop() {
        client.close();
        publisher.close();
        witness.close();
        test.close();
    }

    private void addLeaf() {
        long before = publisher.status().size();
        TestLedger.now(test.ledger.topUp(new TransferId("more-" + topUps++), ALICE, new Credits(1)));
        await().until(() -> publisher.status().size() > before);
    }

    private List<Cosignature> cosignatures(Published shown) {
        try {
            return Cosignature.of(shown.note(), List.of(witness.key()));
        } catch (InvalidLogData e) {
            throw new AssertionError(e);
        }
    }

    private void awaitCosigned() {
        await().until(() -> publisher
                .published()
                .filter(shown -> cosignatures(shown).size() == 1)
                .isPresent());
    }

    @Test
    void aWitnessSignsEveryStepAndItsSignatureIsInTheFiles() throws IOException {
        for (int i = 0; i < 3; i++) {
            addLeaf();
            awaitCosigned();
        }
        Published shown = publisher.published().orElseThrow();
        assertThat(publisher.witnessed().orElseThrow().checkpoint()).isEqualTo(shown.checkpoint());
        assertThat(data.resolve("log/checkpoint")).hasBinaryContent(shown.note().bytes());
        assertThat(data.resolve("log/checkpoint.witnessed")).exists();
        assertThat(publisher.verifier().open(Files.readAllBytes(data.resolve("log/checkpoint"))))
                .isEqualTo(shown.checkpoint());
    }

    @Test
    void afterARestartTheWitnessSaysHowMuchItKnows() {
        addLeaf();
        awaitCosigned();
        client.close();
        publisher.close();
        publish();
        await().until(() -> publisher.witnessed().isPresent());
        addLeaf();
        awaitCosigned();
        assertThat(witness.conflicts.get()).isPositive();
    }

    @Test
    void aSignatureByAnotherKeyIsNotShown() {
        witness.pen = PeerIdentity.generate();
        int before = witness.signed.get();
        addLeaf();
        await().until(() -> witness.signed.get() > before);
        addLeaf();
        assertThat(publisher.published().orElseThrow().note().signatures()).hasSize(1);
        assertThat(publisher.status().trouble()).isEmpty();
    }

    @Test
    void aSlowWitnessDelaysNothing() {
        addLeaf();
        awaitCosigned();
        CountDownLatch gate = new CountDownLatch(1);
        witness.gate = gate;
        int before = witness.asked.get();
        addLeaf();
        await().until(() -> witness.asked.get() > before);
        for (int i = 0; i < 5; i++) addLeaf();
        await().until(() -> publisher.status().behind().isZero());
        Published unsigned = publisher.published().orElseThrow();
        assertThat(publisher.witnessed().orElseThrow().size()).isLessThan(unsigned.size());
        gate.countDown();
        awaitCosigned();
    }

    @Test
    void aWitnessThatSawMoreThanThereIsSignsNothingAndTheLogGoesOn() {
        client.close();
        witness.size = 1_000;
        askWitness();
        addLeaf();
        await().until(() -> witness.conflicts.get() > 1);
        addLeaf();
        assertThat(witness.signed.get()).isLessThanOrEqualTo(2);
        assertThat(publisher.published().orElseThrow().note().signatures()).hasSize(1);
    }

    @Test
    void aSignatureUnderAnOlderCheckpointIsServedApartAndANewerOneIsNotReplaced() throws IOException {
        client.close();
        addLeaf();
        Published old = publisher.published().orElseThrow();
        addLeaf();
        Published newer = publisher.published().orElseThrow();
        addLeaf();
        publisher.cosign(sign(newer).bytes());
        await().until(() -> publisher
                .witnessed()
                .filter(shown -> shown.size() == newer.size())
                .isPresent());
        publisher.cosign(sign(old).bytes());
        addLeaf();
        assertThat(publisher.witnessed().orElseThrow().size()).isEqualTo(newer.size());
        assertThat(publisher.published().orElseThrow().note().signatures()).hasSize(1);
    }

    private SignedNote sign(Published shown) {
        SignedNote own =
                new SignedNote(shown.note().text(), shown.note().signatures().subList(0, 1));
        return own.with(Cosignature.sign(TestWitness.NAME, witness.identity, shown.checkpoint(), 1));
    }
}
