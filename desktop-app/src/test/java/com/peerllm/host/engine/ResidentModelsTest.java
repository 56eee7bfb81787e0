package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.kernel.Mailbox;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Several models on one host, with real engines: each "model" is the starter model under a name of its own. */
class ResidentModelsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ThreadFactory THREADS = Thread.ofPlatform().daemon().factory();
    private static final ModelDigest A = id('a');
    private static final ModelDigest B = id('b');
    private static final ModelDigest C = id('c');
    private static final GenerationRequest SUM = GenerationRequest.of(ask("What is 12 + 7?"));

    private final Path file = TestEngines.starterModel();
    private final AtomicInteger enginesMade = new AtomicInteger();
    private final Mailbox loader = new Mailbox(THREADS);
    private ResidentModels models;

    @AfterEach
    void end() {
        models.close();
        loader.close();
    }

    @Test
    void aRequestLoadsItsModelAndSimultaneousOnesLoadItOnce() {
        models = room(2, model(A, false), model(B, false));
        List<HeardAnswer> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) answers.add(answer(A, SUM));

        for (HeardAnswer answer : answers) assertThat(answer.text()).isEqualTo("12 + 7 = 19.");
        assertThat(enginesMade).hasValue(1);
        assertThat(state(A)).isInstanceOf(EngineState.Ready.class);
        assertThat(state(B)).isInstanceOf(EngineState.Stopped.class);
    }

    @Test
    void theLeastRecentlyUsedIdleModelMakesRoomAndItsMemoryIsReturned() throws IOException {
        models = room(2, model(A, false), model(B, false), model(C, false));
        answer(A, SUM).text();
        answer(B, SUM).text();
        answer(A, SUM).text();
        long pidOfB = models.engine(B).orElseThrow().workerPid().orElseThrow();
        long withTwo = residentBytesOfChildren();

        assertThat(answer(C, SUM).text()).isEqualTo("12 + 7 = 19.");
        assertThat(ProcessHandle.of(pidOfB)).isEmpty();
        assertThat(state(A)).isInstanceOf(EngineState.Ready.class);
        assertThat(state(B)).isInstanceOf(EngineState.Stopped.class);
        models.unload(C);
        await().atMost(PATIENCE).until(() -> state(C) instanceof EngineState.Stopped);
        assertThat(residentBytesOfChildren()).isLessThan(withTwo * 6 / 10);
    }

    @Test
    void aRunningAnswerIsNotInterruptedAndTheOtherModelIsRefusedWithTheFigures() {
        models = room(1, model(A, false), model(B, false));
        answer(A, SUM).text();
        HeardAnswer running = answer(A, endless(A)).awaitFirstTokens();

        EngineFailure refusal = answer(B, SUM).failure();
        assertThat(refusal.code()).isEqualTo(EngineErrorCode.NOT_ENOUGH_MEMORY);
        assertThat(refusal.sentence()).contains("needs 1.00 GB, 0.00 GB can be had");
        int before = running.ids().size();
        await().atMost(PATIENCE).until(() -> running.ends() > 0 || running.ids().size() > before);
        assertThat(running.finish().reason()).isEqualTo(Finish.Reason.LENGTH);
        assertThat(answer(B, SUM).text()).isEqualTo("12 + 7 = 19.");
    }

    @Test
    void aPinnedModelStays() {
        models = room(1, model(A, true), model(B, false));
        answer(A, SUM).text();

        assertThat(answer(B, SUM).failure().sentence()).contains("1 other models that are pinned or answering");
        models.unload(A);
        assertThat(answer(A, SUM).text()).isEqualTo("12 + 7 = 19.");
        assertThat(enginesMade).hasValue(1);
    }

    @Test
    void aCancelWhileTheModelIsLoadedEndsTheLoadThatNobodyWaitsFor() {
        models = room(1, model(A, false), model(B, false));
        HeardAnswer answer = new HeardAnswer();
        Generation generation = models.generate(A, SUM, answer);
        generation.cancel();

        assertThat(answer.finish()).isEqualTo(new Finish(Finish.Reason.CANCELLED, 0));
        await().atMost(PATIENCE).until(() -> models.engine(A).isEmpty());
        assertThat(answer(B, SUM).text()).isEqualTo("12 + 7 = 19.");
    }

    @Test
    void aModelThatCannotBeLoadedFailsItsRequestsAndNotTheOthers() throws IOException {
        Path broken = Files.writeString(Files.createTempFile("no-model", ".gguf"), "no model".repeat(99));
        broken.toFile().deleteOnExit();
        ServableModel bad = new ServableModel(B, gigabyte(1), false, 4, () -> engine(broken));
        models = room(2, model(A, false), bad);

        assertThat(answer(B, SUM).failure().code()).isEqualTo(EngineErrorCode.MODEL_BROKEN);
        assertThat(answer(A, SUM).text()).isEqualTo("12 + 7 = 19.");
        assertThat(state(B)).isInstanceOf(EngineState.Failed.class);
    }

    @Test
    void twoModelsAnswerAtTheSameTime() {
        models = room(2, model(A, false), model(B, false));
        HeardAnswer warm = answer(A, SUM);
        warm.text();
        HeardAnswer long1 = answer(A, endless(A)).awaitFirstTokens();

        assertThat(answer(B, SUM).text()).isEqualTo("12 + 7 = 19.");
        assertThat(long1.finish().reason()).isEqualTo(Finish.Reason.LENGTH);
    }

    @Test
    void closingEndsEveryProcessAndEveryWait() {
        models = room(2, model(A, false), model(B, false));
        answer(A, SUM).text();
        ProcessHandle worker = ProcessHandle.of(
                        models.engine(A).orElseThrow().workerPid().orElseThrow())
                .orElseThrow();
        HeardAnswer waiting = answer(B, SUM);
        models.close();

        assertThat(worker.isAlive()).isFalse();
        assertThat(waiting.failure().code()).isEqualTo(EngineErrorCode.STOPPED);
        assertThat(answer(A, SUM).failure().code()).isEqualTo(EngineErrorCode.STOPPED);
    }

    /** Room for so many models of one gigabyte each. */
    private ResidentModels room(int count, ServableModel... all) {
        MemoryRoom room = resident -> new Footprint(count * 1_000_000_000L - resident.mainBytes(), 0);
        return new ResidentModels(List.of(all), room, 1, loader);
    }

    private ServableModel model(ModelDigest id, boolean pinned) {
        return new ServableModel(id, gigabyte(1), pinned, 4, () -> engine(file));
    }

    private Engine engine(Path model) {
        enginesMade.incrementAndGet();
        return TestEngines.create(EngineOptions.of(model, TestEngines.natives())
                .withSlots(4, 768)
                .withThreads(1)
                .withGpuLayers(0));
    }

    private HeardAnswer answer(ModelDigest model, GenerationRequest request) {
        HeardAnswer answer = new HeardAnswer();
        models.generate(model, request, answer);
        return answer;
    }

    private EngineState state(ModelDigest model) {
        return models.states().get().get(model);
    }

    private GenerationRequest endless(ModelDigest model) {
        ModelFacts facts = TestEngines.facts(models.engine(model).orElseThrow());
        Sampling neverEnds = new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), Map.of(facts.eosToken(), -100.0));
        return GenerationRequest.of(ask("Tell me a story about an owl and a map."))
                .with(neverEnds);
    }

    /** What this program's child processes hold in memory. */
    private static long residentBytesOfChildren() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "reads /proc");
        long pages = 0;
        for (ProcessHandle child : ProcessHandle.current().children().toList()) {
            Path status = Path.of("/proc", Long.toString(child.pid()), "statm");
            if (Files.exists(status))
                pages += Long.parseLong(Files.readString(status).split(" ")[1]);
        }
        return pages * 4096;
    }

    private static Footprint gigabyte(int count) {
        return new Footprint(count * 1_000_000_000L, 0);
    }

    private static ModelDigest id(char digit) {
        return new ModelDigest(String.valueOf(digit).repeat(64));
    }
}
