package com.peerllm.benchmarks;

import com.peerllm.host.engine.EngineNatives;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The engine beside llama.cpp's own {@code llama-batched-bench} and {@code llama-server}, in turn (A B C A B C ...), with the
 * same model, threads, batch, prompt and answer lengths: decode, prefill and whole answers in
 * tokens per second, and time to first token.
 */
@Command(name = "EngineBenchmark", mixinStandardHelpOptions = true, sortOptions = false)
public final class EngineBenchmark implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "A GGUF; 100 M parameters or more.")
    private Path model;

    @Option(names = "--batched-bench", paramLabel = "FILE", description = "llama-batched-bench of the same release.")
    private Optional<Path> batchedBench;

    @Option(names = "--llama-server", paramLabel = "FILE", description = "llama-server of the same release.")
    private Optional<Path> llamaServer;

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
        int most = sequences.stream().mapToInt(Integer::intValue).max().orElse(1);
        Workload workload = new Workload(model, most, promptTokens, answerTokens, threads);
        List<Contender> contenders = new ArrayList<>();
        try {
            contenders.add(new OurEngine(workload, EngineNatives.locate(System.getProperties())));
            if (batchedBench.isPresent()) contenders.add(new BatchedBench(workload, batchedBench.get()));
            if (llamaServer.isPresent()) contenders.add(new LlamaServer(workload, llamaServer.get()));
            List<List<List<Figures>>> measured = new ArrayList<>();
            for (int count : sequences) measured.add(measure(contenders, count));
            for (int peer = contenders.size() > 1 ? 1 : 0; peer < contenders.size(); peer++)
                print(contenders.get(peer).name(), peer, measured);
        } finally {
            for (Contender contender : contenders) contender.close();
        }
        return 0;
    }

    /** By contender, then by round. */
    private List<List<Figures>> measure(List<Contender> contenders, int count) throws Exception {
        List<List<Figures>> figures = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) figures.add(new ArrayList<>());
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                Figures one = contenders.get(i).run(count);
                if (round > 0) figures.get(i).add(one);
            }
        }
        return figures;
    }

    private void print(String peer, int index, List<List<List<Figures>>> measured) {
        print("decode, tokens/s", peer, index, measured, Figures::decodeTokensPerSecond);
        print("prefill, tokens/s", peer, index, measured, Figures::prefillTokensPerSecond);
        print("answers, tokens/s", peer, index, measured, Figures::wholeTokensPerSecond);
        if (!Double.isNaN(measured.getFirst().get(index).getFirst().firstTokenMillis()))
            print("first token, ms", peer, index, measured, Figures::firstTokenMillis);
    }

    private void print(
            String what, String peer, int index, List<List<List<Figures>>> measured, ToDoubleFunction<Figures> figure) {
        List<Table.Row> rows = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            List<List<Figures>> byContender = measured.get(i);
            rows.add(new Table.Row(
                    sequences.get(i) + (sequences.get(i) == 1 ? " sequence" : " sequences"),
                    byContender.getFirst().stream().map(figure::applyAsDouble).toList(),
                    byContender.get(index).stream()
                            .map(f -> index == 0 ? Double.NaN : figure.applyAsDouble(f))
                            .toList()));
        }
        Table.print(what, index == 0 ? "" : peer, rows);
    }
}
