package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static com.peerllm.host.engine.TestEngines.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.shared.gguf.RewrittenModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker can die at any moment; the parent says so at once, starts another, and leaves none behind. */
class SupervisionTest {

    @TempDir
    Path folder;

    @Test
    void aKilledWorkerFailsItsAnswersAtOnceAndIsReplaced() {
        try (Engine engine = TestEngines.ready(TestEngines.starterOptions())) {
            HeardAnswer running = answer(engine, endless(engine)).awaitFirstTokens();
            long firstPid = engine.workerPid().orElseThrow();
            Instant killed = Instant.now();
            kill(firstPid);

            assertThat(running.failure().code()).isEqualTo(EngineErrorCode.ENGINE_LOST);
            assertThat(running.failure().retryable()).isTrue();
            assertThat(running.ends()).isEqualTo(1);
            awaitNewWorker(engine, firstPid);
            // Two seconds are the promise on a computer with a core to spare (docs/benchmarks.md); a busy one gets more
            // here.
            assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(answer(engine, GenerationRequest.of(ask("What is 12 + 7?")))
                            .text())
                    .isEqualTo("12 + 7 = 19.");
        }
    }

    @Test
    void twoCrashesWithoutAnAnswerBetweenThemQuarantineTheModel() {
        try (Engine engine = TestEngines.ready(TestEngines.starterOptions())) {
            long firstPid = engine.workerPid().orElseThrow();
            kill(firstPid);
            awaitNewWorker(engine, firstPid);
            kill(engine.workerPid().orElseThrow());

            EngineState.Failed failed =
                    (EngineState.Failed) awaitState(engine, state -> state instanceof EngineState.Failed);
            assertThat(failed.code()).isEqualTo(EngineErrorCode.QUARANTINED);
            assertThat(failed.sentence()).contains("crashed 2 times").contains("signal 9");
            assertThat(answer(engine, GenerationRequest.of(ask("Hello!")))
                            .failure()
                            .code())
                    .isEqualTo(EngineErrorCode.QUARANTINED);
        }
    }

    @Test
    void aStoppedWorkerIsKilledAndReplacedAndItsAnswersFail() throws Exception {
        Supervision impatient =
                new Supervision(Quarantine.forgetful(), new WorkerWatch.Patience(Duration.ofMillis(500), 8, 1_000_000));
        try (Engine engine = supervised(TestEngines.starterOptions(), impatient)) {
            HeardAnswer running = answer(engine, endless(engine)).awaitFirstTokens();
            long pid = engine.workerPid().orElseThrow();
            new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();

            assertThat(running.failure().code()).isEqualTo(EngineErrorCode.ENGINE_LOST);
            awaitNewWorker(engine, pid);
            assertThat(answer(engine, GenerationRequest.of(ask("What is 12 + 7?")))
                            .text())
                    .isEqualTo("12 + 7 = 19.");
        }
    }

    @Test
    void aFileThatMakesLlamaCppAbortIsQuarantinedAndStaysSo() {
        Path aborting = RewrittenModel.of(TestEngines.starterModel())
                .with("llama.expert_used_count", 4)
                .to(folder.resolve("aborting.gguf"));
        EngineOptions options =
                EngineOptions.of(aborting, TestEngines.natives()).withSlots(1, 256);
        AtomicReference<String> remembered = new AtomicReference<>();
        Quarantine lasting = new Quarantine() {
            @Override
            public Optional<String> reason() {
                return Optional.ofNullable(remembered.get());
            }

            @Override
            public void begin(String reason) {
                remembered.set(reason);
            }
        };
        try (Engine engine = supervised(options, Supervision.remembering(lasting))) {
            assertThat(failed(engine).sentence()).contains("crashed 2 times").contains("signal 6");
        }
        try (Engine later = supervised(options, Supervision.remembering(lasting))) {
            assertThat(failed(later).code()).isEqualTo(EngineErrorCode.QUARANTINED);
            assertThat(failed(later).sentence()).isEqualTo(remembered.get());
            assertThat(later.workerPid()).isEmpty();
        }
    }

    private static Engine supervised(EngineOptions options, Supervision supervision) {
        Engine engine = new Engine(
                options,
                MemoryCheck.none(),
                Thread.ofPlatform().daemon().factory(),
                InstantSource.system(),
                supervision);
        engine.start();
        awaitState(engine, state -> state instanceof EngineState.Ready || state instanceof EngineState.Failed);
        return engine;
    }

    private static EngineState.Failed failed(Engine engine) {
        return (EngineState.Failed) awaitState(engine, state -> state instanceof EngineState.Failed);
    }

    @Test
    void closingEndsTheWorkerAndTheAnswers() {
        Engine engine = TestEngines.ready(TestEngines.starterOptions());
        HeardAnswer running = answer(engine, endless(engine)).awaitFirstTokens();
        ProcessHandle worker =
                ProcessHandle.of(engine.workerPid().orElseThrow()).orElseThrow();
        engine.close();

        assertThat(worker.isAlive()).isFalse();
        assertThat(running.failure().code()).isEqualTo(EngineErrorCode.STOPPED);
        assertThat(engine.state().get()).isEqualTo(new EngineState.Stopped());
        assertThat(answer(engine, GenerationRequest.of(ask("Hello!"))).failure().code())
                .isEqualTo(EngineErrorCode.STOPPED);
    }

    @Test
    void noWorkerOutlivesAKilledParent() throws IOException {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dpeerllm.home=" + System.getProperty("peerllm.home"),
                        SmallParent.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.startsWith("worker ")) line = said.readLine();
            assertThat(line).startsWith("worker ");
            ProcessHandle worker =
                    ProcessHandle.of(Long.parseLong(line.substring(7))).orElseThrow();
            assertThat(worker.isAlive()).isTrue();
            kill(parent.pid());

            await().atMost(Duration.ofSeconds(5)).until(() -> !worker.isAlive());
        }
    }

    @Test
    void answersTheSameWithTwoThreads() {
        Assumptions.assumeTrue(ProcessorThreads.physicalCores() >= 2, "needs two cores");
        try (Engine engine = TestEngines.ready(TestEngines.starterOptions().withThreads(2))) {
            assertThat(TestEngines.facts(engine).threads()).isEqualTo(2);
            assertThat(answer(engine, GenerationRequest.of(ask("What is 12 + 7?")))
                            .text())
                    .isEqualTo("12 + 7 = 19.");
        }
    }

    @Test
    void aMissingModelIsASentence() {
        assertFails(folder.resolve("gone.gguf"), EngineErrorCode.MODEL_MISSING, "does not exist");
    }

    @Test
    void aTruncatedModelIsASentence() throws IOException {
        byte[] whole = Files.readAllBytes(TestEngines.starterModel());
        Path half = Files.write(folder.resolve("half.gguf"), java.util.Arrays.copyOf(whole, whole.length / 2));

        assertFails(half, EngineErrorCode.MODEL_BROKEN, "cannot be loaded");
    }

    @Test
    void aFileThatIsNoModelIsASentence() throws IOException {
        Path text = Files.writeString(folder.resolve("text.gguf"), "This is not a model.".repeat(100));

        assertFails(text, EngineErrorCode.MODEL_BROKEN, "text.gguf cannot be loaded");
    }

    @Test
    void missingNativesAreASentence() {
        EngineOptions options = EngineOptions.of(TestEngines.starterModel(), folder);
        try (Engine engine = TestEngines.create(options)) {
            engine.start();
            EngineState.Failed failed =
                    (EngineState.Failed) awaitState(engine, state -> state instanceof EngineState.Failed);

            assertThat(failed.code()).isEqualTo(EngineErrorCode.NATIVES_MISSING);
            assertThat(failed.sentence()).contains("./peerllm");
        }
    }

    @Test
    void tooLittleMemoryIsRefusedBeforeAnyProcessStarts() {
        MemoryCheck small = MemoryCheck.of(
                options -> new MemoryNeed(7_000_000_000L, 1_000_000_000L, 100_000_000L), () -> 4_000_000_000L);
        Engine engine = new Engine(
                TestEngines.starterOptions(),
                small,
                Thread.ofPlatform().daemon().factory(),
                InstantSource.system());
        engine.start();
        EngineState.Failed failed =
                (EngineState.Failed) awaitState(engine, state -> state instanceof EngineState.Failed);

        assertThat(failed.code()).isEqualTo(EngineErrorCode.NOT_ENOUGH_MEMORY);
        assertThat(failed.sentence())
                .isEqualTo(
                        "Not enough memory: needs 8.1 GB, 4.0 GB are free. Choose a smaller model or a shorter context.");
        assertThat(engine.workerPid()).isEmpty();
    }

    @Test
    void listsTheDevicesWithoutAModel() {
        List<EngineDevice> devices = EngineDevices.list(
                TestEngines.natives(), Thread.ofPlatform().daemon().factory());

        assertThat(devices).anySatisfy(device -> {
            assertThat(device.kind()).isEqualTo(EngineDevice.Kind.CPU);
            assertThat(device.totalBytes()).isGreaterThan(1L << 30);
        });
    }

    private static void assertFails(Path model, EngineErrorCode code, String saying) {
        EngineOptions options = EngineOptions.of(model, TestEngines.natives());
        try (Engine engine = TestEngines.create(options)) {
            engine.start();
            EngineState.Failed failed =
                    (EngineState.Failed) awaitState(engine, state -> state instanceof EngineState.Failed);

            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.sentence()).contains(saying);
        }
    }

    private static GenerationRequest endless(Engine engine) {
        Sampling neverEnds = new Sampling(
                0,
                1,
                0,
                0,
                0,
                0,
                1,
                OptionalLong.empty(),
                Map.of(TestEngines.facts(engine).eosToken(), -100.0));
        return GenerationRequest.of(ask("Tell me a story about an owl and a map."))
                .with(neverEnds);
    }

    private static void awaitNewWorker(Engine engine, long oldPid) {
        awaitState(
                engine,
                state -> state instanceof EngineState.Ready
                        && engine.workerPid().filter(pid -> pid != oldPid).isPresent());
    }

    /** As {@code kill -9} does: the process gets no chance to do anything. */
    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /** A program with an engine, to be killed. */
    static final class SmallParent {
        private SmallParent() {}

        public static void main(String[] args) throws InterruptedException {
            Engine engine = TestEngines.ready(TestEngines.starterOptions());
            System.out.println("worker " + engine.workerPid().orElseThrow());
            Thread.currentThread().join();
        }
    }
}
