package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.ask;
import static com.peerllm.host.engine.TestEngines.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The worker is killed at random moments while eight answers run at a time: each answer ends once, whole or with a clear
 * failure, and nothing piles up.
 *
 * <p>{@code -Dpeerllm.kills=200} makes it the long run whose figures stand in {@code docs/benchmarks.md}.
 */
class WorkerKillsTest {
    private static final int KILLS = Integer.getInteger("peerllm.kills", 12);
    private static final int AT_ONCE = 8;
    private static final long SEED = 20260;

    /** Of the worker that runs and of Java's own classes, found on the way; a leak of one a kill would pass it. */
    private static final int FILES_OF_ONE_WORKER = 10;

    private static final long MOST_GROWTH_BYTES = 96L << 20;

    private final Random random = new Random(SEED);
    private final List<HeardAnswer> answers = new ArrayList<>();
    private final List<ProcessHandle> killed = new ArrayList<>();

    @Test
    void everyAnswerEndsOnceAndNothingPilesUp() throws Exception {
        EngineOptions options = TestEngines.starterOptions();
        long filesBefore;
        long memoryBefore;
        try (Engine engine = TestEngines.ready(options)) {
            killUnderLoad(engine, Math.max(2, KILLS / 10));
            filesBefore = openFiles();
            memoryBefore = residentBytes();
            killUnderLoad(engine, KILLS);
            awaitAnswering(engine);
            assertThat(openFiles()).as("open files").isLessThan(filesBefore + FILES_OF_ONE_WORKER);
            assertThat(residentBytes()).as("resident memory").isLessThan(memoryBefore + MOST_GROWTH_BYTES);
            String endings = endings();
            System.out.printf(
                    "%d kills, %d answers: %s; open files %d -> %d, resident %d -> %d MB%n",
                    killed.size(),
                    answers.size(),
                    endings,
                    filesBefore,
                    openFiles(),
                    memoryBefore >> 20,
                    residentBytes() >> 20);
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.ends()).isEqualTo(1));
        assertThat(killed).allSatisfy(worker -> assertThat(worker.isAlive()).isFalse());
        await().atMost(Duration.ofSeconds(5))
                .until(() -> ProcessHandle.current().children().noneMatch(WorkerKillsTest::isWorker));
    }

    private void killUnderLoad(Engine engine, int kills) {
        for (int i = 0; i < kills; i++) {
            awaitAnswering(engine);
            for (int n = 0; n < AT_ONCE; n++) {
                HeardAnswer answer = TestEngines.answer(
                        engine,
                        GenerationRequest.of(ask("Tell me a story about an owl and a map."))
                                .with(Sampling.of(1).withSeed(random.nextLong())));
                answers.add(answer);
            }
            List<HeardAnswer> running = answers.subList(answers.size() - AT_ONCE, answers.size());
            int endFirst = random.nextInt(AT_ONCE);
            await().pollInterval(Duration.ofMillis(1))
                    .until(() ->
                            running.stream().filter(answer -> answer.ends() > 0).count() >= endFirst);
            LockSupport.parkNanos(random.nextLong(Duration.ofMillis(60).toNanos()));
            long pid = engine.workerPid().orElseThrow();
            ProcessHandle worker = ProcessHandle.of(pid).orElseThrow();
            worker.destroyForcibly();
            killed.add(worker);
            running.forEach(HeardAnswer::await);
            awaitState(
                    engine,
                    state -> !(state instanceof EngineState.Ready)
                            || engine.workerPid().filter(now -> now != pid).isPresent());
        }
    }

    /** Until a new worker is ready; a model that was quarantined is started by hand, as a person would. */
    private void awaitAnswering(Engine engine) {
        awaitState(engine, state -> {
            if (state instanceof EngineState.Failed(EngineErrorCode code, String sentence)) {
                assertThat(code).as(sentence).isEqualTo(EngineErrorCode.QUARANTINED);
                engine.start();
            }
            return state instanceof EngineState.Ready && engine.workerPid().isPresent();
        });
    }

    private Map<EngineErrorCode, Integer> failures() {
        Map<EngineErrorCode, Integer> count = new EnumMap<>(EngineErrorCode.class);
        for (HeardAnswer answer : answers)
            if (answer.await() instanceof HeardAnswer.Broken(EngineFailure failure))
                count.merge(failure.code(), 1, Integer::sum);
        return count;
    }

    private String endings() {
        Map<EngineErrorCode, Integer> failures = failures();
        assertThat(failures.keySet())
                .isSubsetOf(EngineErrorCode.ENGINE_LOST, EngineErrorCode.NOT_READY, EngineErrorCode.QUARANTINED);
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        return (answers.size() - failed) + " whole, failed " + failures;
    }

    /** By the program that it runs: the command line is cut off before the main class, because the tests' class path is long. */
    private static boolean isWorker(ProcessHandle child) {
        return child.info().command().equals(ProcessHandle.current().info().command());
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /** What this process has in memory; 0 where the system does not tell it in this way. */
    private static long residentBytes() throws Exception {
        System.gc();
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) return 0;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
