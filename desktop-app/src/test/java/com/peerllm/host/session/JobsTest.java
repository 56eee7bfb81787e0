package com.peerllm.host.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.engine.Prompt;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.SamplingParameters;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.TokenFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobsTest {
    private static final JobId JOB = JobId.random(new Random(5));

    @TempDir
    Path folder;

    private TestOrchestrator orchestrator;
    private SessionTester host;

    @BeforeEach
    void connect() throws Exception {
        orchestrator = new TestOrchestrator();
        host = new SessionTester(folder, orchestrator.address());
        host.connect();
    }

    @AfterEach
    void close() {
        host.close();
        orchestrator.close();
    }

    @Test
    void deliversEachStepAsOneFrameAndSignsWhatItDelivered() throws Exception {
        orchestrator.say(offer(7, List.of()));
        ScriptedAnswers.Answer answer = host.answers.next();
        answer.listener.started(12, 4);
        answer.token(5, "Hel").token(6, "lo").finish();

        assertThat(orchestrator.next(FromHost.JobStarted.class)).isEqualTo(new FromHost.JobStarted(7, 12, 4));
        assertThat(orchestrator.next(TokenFrame.class)).isEqualTo(frame(7, 0, 5, "Hel"));
        assertThat(orchestrator.next(TokenFrame.class)).isEqualTo(frame(7, 1, 6, "lo"));
        FromHost.JobFinished finished = orchestrator.next(FromHost.JobFinished.class);
        DeliveryHash expected = new DeliveryHash(JOB, SessionTester.DIGEST);
        expected.add(new int[] {5}, bytes("Hel"), false);
        expected.add(new int[] {6}, bytes("lo"), false);
        assertThat(finished)
                .isEqualTo(new FromHost.JobFinished(7, "stop", 12, 2, expected.hex(), finished.signature()));
        DeliveryStatement statement = new DeliveryStatement(JOB, SessionTester.DIGEST, 2, expected.hex());
        assertThat(host.self
                        .publicKey()
                        .verifies(statement.message(), Base64.getUrlDecoder().decode(finished.signature())))
                .isTrue();
        assertThat(host.delivered)
                .singleElement()
                .satisfies(d -> assertThat(d.contains(2, expected.hex())).isTrue());
    }

    @Test
    void aContinuedAnswerIsNumberedAfterWhatWasDeliveredAndPaidForItsOwnTokensOnly() throws Exception {
        orchestrator.say(offer(7, List.of(1, 2, 3)));
        ScriptedAnswers.Answer answer = host.answers.next();
        answer.token(4, "on").finish();

        assertThat(answer.request.delivered()).containsExactly(1, 2, 3);
        assertThat(orchestrator.next(TokenFrame.class).position()).isEqualTo(3);
        assertThat(orchestrator.next(FromHost.JobFinished.class).completionTokens())
                .isEqualTo(1);
    }

    @Test
    void neverRunsMoreJobsThanItHasSlots() throws Exception {
        orchestrator.say(offer(1, List.of()));
        orchestrator.say(offer(2, List.of()));
        orchestrator.say(offer(3, List.of()));

        FromHost.JobFailed refused = orchestrator.next(FromHost.JobFailed.class);
        assertThat(refused.stream()).isEqualTo(3);
        assertThat(refused.code()).isEqualTo(JobFailure.BUSY);
        host.answers.next().finish();
        orchestrator.next(FromHost.JobFinished.class);
        orchestrator.say(offer(4, List.of()));
        host.answers.next();
        host.answers.next();
    }

    @Test
    void aModelThatIsNotServedIsRefused() throws Exception {
        orchestrator.say(offer(1, new ModelDigest("cd".repeat(32)), List.of()));

        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.MODEL_NOT_LOADED);
    }

    @Test
    void anOfferThatPaysLessThanIsAskedIsRefusedSoThatAnotherHostIsTried() throws Exception {
        TokenPrice ask = new TokenPrice(new Credits(400), new Credits(1200));
        ServedModel served = host.served.get().getFirst();
        host.served.set(List.of(new ServedModel(
                served.announced().asking(ask), served.answers(), served.embeddings(), served.audits())));

        orchestrator.say(paying(1, new TokenPrice(new Credits(400), new Credits(1199))));
        FromHost.JobFailed refused = orchestrator.next(FromHost.JobFailed.class);
        assertThat(refused.code()).isEqualTo(JobFailure.MODEL_NOT_LOADED);
        assertThat(refused.message()).contains("asks more");

        orchestrator.say(paying(2, ask));
        host.answers.next().finish();
        assertThat(orchestrator.next(FromHost.JobFinished.class).stream()).isEqualTo(2);
        assertThat(host.delivered.getLast().agreesWith(ask)).isTrue();
        assertThat(host.delivered.getLast().agreesWith(new TokenPrice(new Credits(400), new Credits(1201))))
                .isFalse();
        // An orchestrator that was made before hosts could ask pays what it always paid.
        orchestrator.say(offer(3, List.of()));
        host.answers.next();
    }

    private static FromOrchestrator.JobOffer paying(long stream, TokenPrice price) {
        return new FromOrchestrator.JobOffer(
                stream,
                JOB,
                SessionTester.DIGEST,
                List.of(ChatMessage.of("user", "Hello!")),
                Optional.empty(),
                SamplingParameters.GREEDY,
                AnswerOptions.PLAIN,
                100,
                List.of(),
                List.of(),
                "scope",
                Optional.of(price));
    }

    @Test
    void aTextGoesToTheEngineAsItStandsAndOnlyWhereTheModelContinuesTexts() throws Exception {
        orchestrator.say(textOffer(1));
        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.MODEL_NOT_LOADED);

        ServedModel served = host.served.get().getFirst();
        host.served.set(List.of(new ServedModel(
                withCompletions(served.announced()), served.answers(), served.embeddings(), served.audits())));
        orchestrator.say(textOffer(2));

        assertThat(host.answers.next().request.prompt()).isEqualTo(new Prompt.Text("Once upon"));
    }

    private static AnnouncedModel withCompletions(AnnouncedModel model) {
        return new AnnouncedModel(
                model.name(),
                model.digest(),
                model.sizeBytes(),
                model.architecture(),
                model.quantization(),
                model.contextLength(),
                model.vocabularySize(),
                model.slots(),
                0,
                0,
                0,
                List.of("completions"));
    }

    private static FromOrchestrator.JobOffer textOffer(long stream) {
        return new FromOrchestrator.JobOffer(
                stream,
                JOB,
                SessionTester.DIGEST,
                List.of(),
                Optional.of("Once upon"),
                SamplingParameters.GREEDY,
                AnswerOptions.PLAIN,
                16,
                List.of(),
                List.of(),
                "scope",
                Optional.empty());
    }

    @Test
    void aCancelledJobStopsTheEngineAndIsToldOnce() throws Exception {
        orchestrator.say(offer(1, List.of()));
        ScriptedAnswers.Answer answer = host.answers.next().token(5, "a");

        orchestrator.say(new FromOrchestrator.CancelJob(1, "the consumer left"));

        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.CANCELLED);
        await().until(() -> answer.cancelled);
        answer.token(6, "b").finish();
        host.alarms.advance(Duration.ofSeconds(5));
        orchestrator.next(FromHost.Heartbeat.class);
        assertThat(orchestrator.heard())
                .noneMatch(TokenFrame.class::isInstance)
                .noneMatch(FromHost.JobFinished.class::isInstance);
        assertThat(host.delivered)
                .singleElement()
                .satisfies(d -> assertThat(d.tokens()).isEqualTo(1));
    }

    @Test
    void aLostEngineIsToldSoThatTheAnswerGoesOnElsewhere() throws Exception {
        orchestrator.say(offer(1, List.of()));
        host.answers.next().token(5, "a").lose();

        FromHost.JobFailed failed = orchestrator.next(FromHost.JobFailed.class);

        assertThat(failed.code()).isEqualTo(JobFailure.ENGINE_LOST);
        assertThat(failed.code().worthTryingElsewhere()).isTrue();
    }

    @Test
    void everyJobIsCancelledWhenTheConnectionDrops() throws Exception {
        orchestrator.say(offer(1, List.of()));
        orchestrator.say(offer(2, List.of()));
        ScriptedAnswers.Answer first = host.answers.next();
        ScriptedAnswers.Answer second = host.answers.next();

        orchestrator.close();

        await().until(() -> first.cancelled && second.cancelled);
    }

    @Test
    void aConnectionThatTakesNoTokensEndsTheJobInsteadOfFillingTheMemory() throws Exception {
        orchestrator.readsTokensAfter = new CountDownLatch(1);
        orchestrator.say(offer(1, List.of()));
        ScriptedAnswers.Answer answer = host.answers.next();
        String long60k = "x".repeat(60_000);

        // Far more than the sockets' own buffers hold.
        for (int i = 0; i < 2_000 && !answer.cancelled; i++) answer.token(i, long60k);

        assertThat(answer.cancelled).isTrue();
        orchestrator.readsTokensAfter.countDown();
        assertThat(orchestrator.next(FromHost.JobFailed.class).message()).contains("too slow");
    }

    @Test
    void aParameterOutOfRangeIsRefusedByName() throws Exception {
        orchestrator.say(new FromOrchestrator.JobOffer(
                1,
                JOB,
                SessionTester.DIGEST,
                List.of(ChatMessage.of("user", "Hello!")),
                SamplingParameters.GREEDY,
                AnswerOptions.PLAIN,
                0,
                List.of(),
                List.of(),
                ""));

        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.BAD_REQUEST);
    }

    @Test
    void stoppingHandsBackWhatStillRuns() throws Exception {
        orchestrator.say(offer(1, List.of()));
        ScriptedAnswers.Answer answer = host.answers.next();

        host.session.stop("closing", new HostSession.Patience(Duration.ofMillis(1), Duration.ofSeconds(20)));

        orchestrator.next(FromHost.Draining.class);
        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.HOST_PAUSED);
        assertThat(answer.cancelled).isTrue();
    }

    @Test
    void stoppingLetsAnAnswerThatIsNearlyDoneEnd() throws Exception {
        orchestrator.say(offer(1, List.of()));
        ScriptedAnswers.Answer answer = host.answers.next();
        Thread stopping = Thread.ofVirtual()
                .start(() -> host.session.stop(
                        "closing", new HostSession.Patience(Duration.ofSeconds(20), Duration.ofSeconds(20))));
        orchestrator.next(FromHost.Draining.class);

        orchestrator.say(offer(2, List.of()));
        FromHost.JobFailed refused = orchestrator.next(FromHost.JobFailed.class);
        assertThat(refused.stream()).isEqualTo(2);
        assertThat(refused.code()).isEqualTo(JobFailure.HOST_PAUSED);
        answer.token(5, "end").finish();

        orchestrator.next(FromHost.JobFinished.class);
        stopping.join();
    }

    private static FromOrchestrator.JobOffer offer(long stream, List<Integer> delivered) {
        return offer(stream, SessionTester.DIGEST, delivered);
    }

    private static FromOrchestrator.JobOffer offer(long stream, ModelDigest model, List<Integer> delivered) {
        return new FromOrchestrator.JobOffer(
                stream,
                JOB,
                model,
                List.of(ChatMessage.of("user", "Hello!")),
                SamplingParameters.GREEDY,
                AnswerOptions.PLAIN,
                100,
                List.of(),
                delivered,
                "scope");
    }

    private static TokenFrame frame(long stream, int position, int id, String text) {
        return new TokenFrame(stream, position, new int[] {id}, AnswerChunk.plain(bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
