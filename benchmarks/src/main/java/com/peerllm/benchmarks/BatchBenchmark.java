package com.peerllm.benchmarks;

import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.MemoryCheck;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.Sampling;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What answers in one batch do to each other: how far a greedy answer depends on what else runs, and how much sooner the first
 * token comes when a running answer has the prompt's beginning.
 */
@Command(name = "BatchBenchmark", mixinStandardHelpOptions = true, sortOptions = false)
public final class BatchBenchmark implements Callable<Integer> {
    private static final int TOGETHER = 8;
    private static final List<Integer> BEGINNINGS = List.of(16, 64, 256);

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "A GGUF.")
    private Path model;

    @Option(names = "--prompt", defaultValue = "400", description = "Prompt tokens at most (${DEFAULT-VALUE}).")
    private int promptTokens;

    @Option(names = "--generate", defaultValue = "40", description = "Answer tokens at most (${DEFAULT-VALUE}).")
    private int answerTokens;

    @Option(names = "--rounds", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    private final Random random = new Random(3);

    public static void main(String[] args) {
        System.exit(new CommandLine(new BatchBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        EngineOptions options = EngineOptions.of(model, EngineNatives.locate(System.getProperties()))
                .withSlots(TOGETHER, promptTokens + answerTokens + 256)
                .withThreads(1);
        try (Engine engine =
                new Engine(options, MemoryCheck.none(), Thread.ofPlatform().factory(), InstantSource.system())) {
            int eos = Engines.ready(engine).eosToken();
            compareWithAlone(engine);
            Sampling endless = new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), Map.of(eos, -1000.0));
            for (int beginning : BEGINNINGS) compareSharing(engine, endless, beginning);
        }
        return 0;
    }

    private void compareWithAlone(Engine engine) throws Exception {
        List<GenerationRequest> requests = IntStream.range(0, TOGETHER)
                .mapToObj(i -> request(promptTokens / 2 + random.nextInt(promptTokens / 2 + 1))
                        .atMost(answerTokens)
                        .withLogprobs(0))
                .toList();
        List<AnswerTrace> alone = new ArrayList<>();
        for (GenerationRequest request : requests)
            alone.add(ask(engine, request).whole());
        int same = 0;
        double largest = 0;
        for (int round = 0; round < rounds; round++) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, TOGETHER).boxed().toList());
            Collections.shuffle(order, random);
            AnswerTrace[] together = new AnswerTrace[TOGETHER];
            for (int i : order) {
                together[i] = ask(engine, requests.get(i));
                if (random.nextBoolean()) together[i].firstToken();
            }
            for (int i : order) {
                AnswerTrace answer = together[i].whole();
                if (answer.ids().equals(alone.get(i).ids())) same++;
                largest = Math.max(largest, answer.largestDifference(alone.get(i)));
            }
        }
        System.out.printf(
                "greedy answers equal to the one alone: %d of %d; largest difference of a log probability: %.2g%n",
                same, rounds * TOGETHER, largest);
    }

    private void compareSharing(Engine engine, Sampling endless, int beginning) throws Exception {
        List<Double> shared = new ArrayList<>();
        List<Double> computed = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            String scope = beginning + " " + round;
            GenerationRequest first = request(beginning).with(endless).inScope(scope);
            AnswerTrace running = new AnswerTrace();
            Generation generation = engine.generate(first, running);
            running.firstToken();
            GenerationRequest same = first.atMost(1);
            shared.add(millisToFirst(engine, same));
            computed.add(millisToFirst(engine, same.inScope(scope + " other")));
            generation.cancel();
            running.whole();
        }
        System.out.printf(
                "a beginning of %d tokens: first token after %.1f ms copied, %.1f ms computed%n",
                beginning,
                Table.median(shared.subList(1, shared.size())),
                Table.median(computed.subList(1, shared.size())));
    }

    private static double millisToFirst(Engine engine, GenerationRequest request) throws Exception {
        long start = System.nanoTime();
        AnswerTrace answer = ask(engine, request);
        answer.firstToken();
        double millis = (System.nanoTime() - start) / 1e6;
        answer.whole();
        return millis;
    }

    private GenerationRequest request(int tokens) {
        return GenerationRequest.of(
                new Prompt.Tokens(random.ints(tokens, 300, 1000).boxed().toList()));
    }

    private static AnswerTrace ask(Engine engine, GenerationRequest request) {
        AnswerTrace answer = new AnswerTrace();
        engine.generate(request, answer);
        return answer;
    }
}
