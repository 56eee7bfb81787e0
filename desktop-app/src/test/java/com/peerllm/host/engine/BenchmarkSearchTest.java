package com.peerllm.host.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The search for the fastest way to compute a model. */
class BenchmarkSearchTest {
    private static final Trial USUAL = new Trial(7, 512, 0);
    private static final ThreadFactory THREADS = Thread.ofPlatform().daemon().factory();

    @Test
    void triesTheUsualWayFirstAndAllSensibleNumbersOfThreads() {
        assertThat(BenchmarkSearch.threadCounts(7, 8)).containsExactly(7, 8, 4, 2, 1);
        assertThat(BenchmarkSearch.threadCounts(1, 2)).containsExactly(1, 2);
        assertThat(BenchmarkSearch.threadCounts(1, 1)).containsExactly(1);
        assertThat(BenchmarkSearch.threadCounts(23, 24)).containsExactly(23, 24, 16, 8, 4, 2, 1);
    }

    @Test
    void findsTheFastestThreadsAndThenTheBatchForThem() {
        // Memory is the limit from four threads on, and this processor likes small batches.
        Function<Trial, Speed> computer = trial -> {
            double decode = Math.min(trial.threads(), 4) - 0.1 * trial.threads();
            return new Speed(10.0 * trial.threads() * 256 / trial.microBatch(), decode, 3 * decode);
        };
        List<MeasuredTrial> all = BenchmarkSearch.run(USUAL, 8, computer, () -> false, each -> {});

        assertThat(BenchmarkSearch.best(all, 8).trial()).isEqualTo(new Trial(4, 128, 0));
        assertThat(BenchmarkSearch.best(all, 2).trial().threads()).isEqualTo(2);
    }

    @Test
    void measuresTheUsualWayEvenWithoutTime() {
        List<MeasuredTrial> told = new ArrayList<>();
        BenchmarkSearch.run(USUAL, 8, trial -> new Speed(1, 1, 1), () -> true, told::add);

        assertThat(told).extracting(MeasuredTrial::trial).containsExactly(USUAL);
    }

    @Test
    void measuresTheRealEngineInEveryWay() {
        List<MeasuredTrial> told = new ArrayList<>();
        List<MeasuredTrial> all = benchmark(Duration.ofSeconds(30)).run(told::add);

        assertThat(all).isEqualTo(told).hasSizeGreaterThanOrEqualTo(3);
        assertThat(all).allSatisfy(each -> {
            assertThat(each.speed().prefill()).isGreaterThan(each.speed().decodeOne());
            assertThat(each.speed().decodeFour()).isPositive();
        });
        assertThat(all).extracting(each -> each.trial().microBatch()).contains(128, 256, 512);
    }

    @Test
    void aCancelEndsItAtOnce() {
        ModelBenchmark benchmark = benchmark(Duration.ofSeconds(30));

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> benchmark.run(first -> benchmark.cancel()))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void anEngineMeasuresItselfBeforeItIsReadyWhenAsked() {
        try (Engine engine = TestEngines.ready(TestEngines.starterOptions().withMeasuring(true))) {
            MeasuredTrial measured = engine.measured().orElseThrow();

            assertThat(measured.trial()).isEqualTo(new Trial(1, 512, -1));
            assertThat(measured.speed().prefill())
                    .isGreaterThan(measured.speed().decodeOne());
            assertThat(TestEngines.answer(engine, GenerationRequest.of(TestEngines.ask("What is 12 + 7?")))
                            .text())
                    .isEqualTo("12 + 7 = 19.");
        }
    }

    private static ModelBenchmark benchmark(Duration budget) {
        EngineOptions options = TestEngines.starterOptions().withGpuLayers(0);
        return new ModelBenchmark(
                new EngineOptions(
                        options.model(),
                        options.natives(),
                        4,
                        768,
                        OptionalInt.empty(),
                        0,
                        EngineOptions.MOST_MICRO_BATCH,
                        false,
                        0),
                budget,
                THREADS);
    }
}
