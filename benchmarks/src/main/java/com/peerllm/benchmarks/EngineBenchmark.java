package com.peerllm.benchmarks;

import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.MemoryCheck;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.Sampling;
import com.peerllm.shared.wire.AnswerChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens per second of the engine beside llama.cpp's own {@code llama-batched-bench}, in turn (A B A B ...), with the same
 * model, threads, batch, prompt and answer lengths.
 *
 * <p>Counted is the decode phase as {@code llama-batched-bench} counts it: from the moment when every sequence has its first
 * token until the last has its last, all tokens of that time together.
 */
@Command(name = "EngineBenchmark", mixinStandardHelpOptions = true, sortOptions = false)
public final class EngineBenchmark implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "A GGUF; 100 M parameters or more.")
    private Path model;

    @Option(names = "--batched-bench", paramLabel = "FILE", description = "llama-batched-bench of the same release.")
    private Optional<Path> batchedBench;

    @Option(names = "--sequences", split = ",", defaultValue = "1,8", description = "Default: ${DEFAULT-VALUE}.")
    private List<Integer> sequences;

    @Option(names = "--prompt", defaultValue = "64", description = "Prompt tokens (default: ${DEFAULT-VALUE}).")
    private int promptTokens;

    @Option(names = "--generate", defaultValue = "64", description = "Tokens to generate (default: ${DEFAULT-VALUE}).")
    private int answerTokens;

    @Option(names = "--threads", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--rounds", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}, after one warm-up.")
    private int rounds;

    public static void main(String[] args) {
        System.exit(new CommandLine(new EngineBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        int context = 2 * (promptTokens + answerTokens);
        int slots = sequences.stream().mapToInt(Integer::intValue).max().orElse(1);
        EngineOptions options = EngineOptions.of(model, EngineNatives.locate(System.getProperties()))
                .withSlots(slots, context)
                .withThreads(threads);
        List<Table.Row> rows = new ArrayList<>();
        try (Engine engine =
                new Engine(options, MemoryCheck.none(), Thread.ofPlatform().factory(), InstantSource.system())) {
            ModelFacts facts = Engines.ready(engine);
            for (int count : sequences) rows.add(compare(engine, facts, count));
        }
        Table.print("decode, tokens/s", batchedBench.isPresent() ? "llama-batched-bench" : "", rows);
        return 0;
    }

    private Table.Row compare(Engine engine, ModelFacts facts, int count) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double mine = decode(engine, facts, count);
            double other = batchedBench.isPresent() ? peer(batchedBench.get(), count) : Double.NaN;
            if (round == 0) continue;
            ours.add(mine);
            theirs.add(other);
        }
        return new Table.Row(count + (count == 1 ? " sequence" : " sequences"), ours, theirs);
    }

    private double decode(Engine engine, ModelFacts facts, int count) throws InterruptedException {
        List<Run> runs = new ArrayList<>();
        CountDownLatch open = new CountDownLatch(count);
        SplittableRandom random = new SplittableRandom(count);
        for (int i = 0; i < count; i++) {
            List<Integer> ids = random.ints(promptTokens, 100, facts.vocabularySize())
                    .boxed()
                    .toList();
            Sampling neverEnding = new Sampling(
                    0, 1, 0, 0, 0, 0, 1, java.util.OptionalLong.empty(), Map.of(facts.eosToken(), -1000.0));
            Run run = new Run(open);
            runs.add(run);
            engine.generate(
                    GenerationRequest.of(new Prompt.Tokens(ids))
                            .with(neverEnding)
                            .atMost(answerTokens),
                    run);
        }
        if (!open.await(5, TimeUnit.MINUTES)) throw new IllegalStateException("The engine did not finish");
        long from = runs.stream().mapToLong(Run::firstNanos).max().orElseThrow();
        long to = runs.stream().mapToLong(Run::lastNanos).max().orElseThrow();
        long tokens = runs.stream().mapToLong(run -> run.tokensAfter(from)).sum();
        return tokens * 1e9 / (to - from);
    }

    private double peer(Path program, int count) throws InterruptedException {
        int contextTokens = count * (promptTokens + answerTokens);
        List<String> command = List.of(
                program.toString(),
                "-m",
                model.toString(),
                "-c",
                Integer.toString(Math.max(512, contextTokens)),
                "-b",
                "2048",
                "-ub",
                "512",
                "-t",
                Integer.toString(threads),
                "-tb",
                Integer.toString(threads),
                "-npp",
                Integer.toString(promptTokens),
                "-ntg",
                Integer.toString(answerTokens),
                "-npl",
                Integer.toString(count),
                "--output-format",
                "jsonl");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(program.toAbsolutePath().getParent().toFile())
                    .redirectError(ProcessBuilder.Redirect.to(
                            java.nio.file.Path.of("/tmp/bb.err").toFile()))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output.lines()
                    .filter(line -> line.startsWith("{"))
                    .map(JSON::readTree)
                    .map(line -> line.path("speed_tg"))
                    .mapToDouble(JsonNode::asDouble)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("llama-batched-bench printed no figure: " + output));
        } catch (IOException e) {
            throw new UncheckedIOException("llama-batched-bench could not be started", e);
        }
    }

    /** When each token of one answer came. */
    private static final class Run implements GenerationListener {
        private final CountDownLatch open;
        private final List<Long> nanos = new ArrayList<>();

        Run(CountDownLatch open) {
            this.open = open;
        }

        long firstNanos() {
            return nanos.getFirst();
        }

        long lastNanos() {
            return nanos.getLast();
        }

        long tokensAfter(long time) {
            return nanos.stream().filter(at -> at > time).count();
        }

        @Override
        public void started(int promptTokens, int cachedTokens) {}

        @Override
        public void tokens(int[] ids, AnswerChunk chunk) {
            long now = System.nanoTime();
            for (int ignored : ids) nanos.add(now);
        }

        @Override
        public void finished(Finish finish) {
            open.countDown();
        }

        @Override
        public void failed(EngineFailure failure) {
            System.err.println("A generation failed: " + failure);
            open.countDown();
        }
    }
}
