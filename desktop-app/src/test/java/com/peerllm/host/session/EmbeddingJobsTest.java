package com.peerllm.host.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.openai.EmbeddingInput;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.EmbeddingVector;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Embedding offers at a host, over a real socket. */
@Timeout(60)
class EmbeddingJobsTest {
    private static final JobId JOB = JobId.random(new Random(5));
    private static final Finish DONE = new Finish(Finish.Reason.STOP, 0);
    private static final EmbeddingVector EAST = EmbeddingVector.of(new float[] {1, 0});
    private static final EmbeddingVector NORTH = EmbeddingVector.of(new float[] {0, 1});

    @TempDir
    Path folder;

    private TestOrchestrator orchestrator;
    private SessionTester host;

    @BeforeEach
    void connect() throws Exception {
        orchestrator = new TestOrchestrator();
        host = new SessionTester(folder, orchestrator.address());
        host.served.set(List.of(new ServedModel(announced(), host.answers, host.vectors, host.audits)));
        host.connect();
    }

    private static AnnouncedModel announced() {
        return new AnnouncedModel(
                "encoder",
                SessionTester.DIGEST,
                1,
                "bert",
                "Q8_0",
                512,
                1024,
                2,
                0,
                0,
                0,
                List.of("embeddings"),
                OptionalInt.of(2),
                Optional.empty());
    }

    @AfterEach
    void close() {
        host.close();
        orchestrator.close();
    }

    private ScriptedVectors.Work begin(long stream) throws InterruptedException {
        orchestrator.say(offer(stream));
        return host.vectors.next();
    }

    private static FromOrchestrator.EmbeddingOffer offer(long stream) {
        return new FromOrchestrator.EmbeddingOffer(
                stream,
                JOB,
                SessionTester.DIGEST,
                List.of(new EmbeddingInput.Text("a"), new EmbeddingInput.Tokens(List.of(5, 6))));
    }

    @Test
    void sendsEachVectorAsAFrameAndSignsThemAll() throws Exception {
        ScriptedVectors.Work work = begin(7);
        work.listener.started(List.of(3, 2));
        work.listener.vector(EAST);
        work.listener.vector(NORTH);
        work.listener.finished(DONE);

        assertThat(work.inputs).isEqualTo(offer(7).inputs());
        assertThat(orchestrator.next(FromHost.JobStarted.class)).isEqualTo(new FromHost.JobStarted(7, 5, 0));
        assertThat(orchestrator.next(EmbeddingFrame.class)).isEqualTo(new EmbeddingFrame(7, 0, EAST));
        assertThat(orchestrator.next(EmbeddingFrame.class)).isEqualTo(new EmbeddingFrame(7, 1, NORTH));
        FromHost.JobFinished finished = orchestrator.next(FromHost.JobFinished.class);
        DeliveryHash expected = new DeliveryHash(JOB, SessionTester.DIGEST);
        expected.addVector(0, EAST.littleEndian());
        expected.addVector(1, NORTH.littleEndian());
        assertThat(finished).isEqualTo(new FromHost.JobFinished(7, "stop", 5, 0, expected.hex(), finished.signature()));
        byte[] statement = new DeliveryStatement(JOB, SessionTester.DIGEST, 0, expected.hex()).message();
        assertThat(host.self
                        .publicKey()
                        .verifies(statement, Base64.getUrlDecoder().decode(finished.signature())))
                .isTrue();
        assertThat(host.delivered)
                .singleElement()
                .satisfies(d -> assertThat(d.contains(0, expected.hex())).isTrue());
    }

    @Test
    void vectorsThatComeFasterThanTheConnectionTakesThemWaitInsteadOfFailing() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        orchestrator.readsTokensAfter = reads;
        EmbeddingVector large = EmbeddingVector.of(new float[16_000]);
        ScriptedVectors.Work work = begin(1);
        int vectors = 300;
        for (int i = 0; i < vectors; i++) work.listener.vector(large);
        work.listener.finished(DONE);
        assertThat(host.delivered).isEmpty();

        reads.countDown();
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            host.alarms.advance(Duration.ofMillis(20));
            return orchestrator.heard().stream().anyMatch(FromHost.JobFinished.class::isInstance);
        });
        for (int i = 0; i < vectors; i++)
            assertThat(orchestrator.next(EmbeddingFrame.class).index()).isEqualTo(i);
        assertThat(host.delivered).hasSize(1);
    }

    @Test
    void aCancelStopsTheEngineAndNothingFollows() throws Exception {
        ScriptedVectors.Work work = begin(1);
        orchestrator.say(new FromOrchestrator.CancelJob(1, "the consumer left"));

        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.CANCELLED);
        await().until(() -> work.cancelled);
        work.listener.vector(EAST);
        work.listener.finished(new Finish(Finish.Reason.CANCELLED, 0));
        host.alarms.advance(Duration.ofSeconds(5));
        orchestrator.next(FromHost.Heartbeat.class);
        assertThat(orchestrator.heard()).noneMatch(EmbeddingFrame.class::isInstance);
    }

    @Test
    void aFailureOfTheEngineIsToldByItsCode() throws Exception {
        begin(1).listener.failed(new EngineFailure(EngineErrorCode.PROMPT_TOO_LONG, "Input 1 has 600 tokens."));

        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.CONTEXT_EXCEEDED);
    }

    @Test
    void itTakesASlotLikeAnAnswerDoes() throws Exception {
        begin(1);
        ScriptedVectors.Work second = begin(2);
        orchestrator.say(offer(3));

        assertThat(orchestrator.next(FromHost.JobFailed.class)).satisfies(refused -> {
            assertThat(refused.stream()).isEqualTo(3);
            assertThat(refused.code()).isEqualTo(JobFailure.BUSY);
        });
        second.listener.finished(DONE);
        orchestrator.next(FromHost.JobFinished.class);
        begin(4);
    }

    @Test
    void aModelThatOnlyChatsIsNotAskedForVectors() throws Exception {
        host.served.set(List.of(host.model(2)));
        orchestrator.next(FromHost.ModelsChanged.class);
        orchestrator.say(offer(1));

        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.MODEL_NOT_LOADED);
    }
}
