package com.peerllm.benchmarks;

import com.peerllm.endtoend.client.AnswerStream;
import com.peerllm.endtoend.client.ChatRequest;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.network.HostOptions;
import com.peerllm.endtoend.network.LocalHost;
import com.peerllm.endtoend.network.LocalNetwork;
import com.peerllm.endtoend.network.NetworkFolder;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.MemoryCheck;
import com.peerllm.host.engine.Prompt;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.wire.AnswerChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Time to first token through the whole network (consumer, orchestrator, host, engine; all real processes) beside the
 * engine alone, in turn (A B A B ...), with the same model and prompt; and the memory of each process afterwards.
 *
 * <p>Every round asks another question of the same length, so that no prefix cache helps one side.
 */
@Command(name = "NetworkBenchmark", mixinStandardHelpOptions = true, sortOptions = false)
public final class NetworkBenchmark implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "A GGUF with a chat template.")
    private Path model;

    @Option(names = "--rounds", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}, after 300 warm-ups.")
    private int rounds;

    private static final int WARM_UPS = 300;

    public static void main(String[] args) {
        System.exit(new CommandLine(new NetworkBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("peerllm-benchmark-");
        try (LocalNetwork network = LocalNetwork.start(Installation.current(), NetworkFolder.forLongRun(folder));
                Engine engine = new Engine(
                        EngineOptions.of(model, EngineNatives.locate(System.getProperties()))
                                .withSlots(8, 512)
                                .withThreads(1),
                        MemoryCheck.none(),
                        Thread.ofPlatform().factory(),
                        InstantSource.system())) {
            LocalHost host = network.startHost(HostOptions.serving(model));
            network.awaitHosts();
            Engines.ready(engine);
            try (OpenAiClient consumer = network.newConsumer("bench", Credits.ofDollars(1000))) {
                measure(consumer, engine);
            }
            printMemory(network, host);
        }
        return 0;
    }

    private void measure(OpenAiClient consumer, Engine engine) throws Exception {
        String id = consumer.get("/v1/models").json().at("/data/0/id").asString();
        List<Double> through = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        for (int round = -WARM_UPS; round < rounds; round++) {
            double network = throughNetwork(consumer, id, question(2 * round));
            double direct = alone(engine, question(2 * round + 1));
            if (round < 0) continue;
            through.add(network);
            alone.add(direct);
        }
        Table.print("first token, ms", "engine alone", List.of(new Table.Row("time to first token", through, alone)));
        List<Double> added = new ArrayList<>();
        for (int i = 0; i < through.size(); i++) added.add(through.get(i) - alone.get(i));
        added.sort(null);
        System.out.printf(
                "added by the network: median %.2f ms, 10 %% to 90 %%: %.2f to %.2f ms (%d rounds)%n",
                Table.median(added), added.get(added.size() / 10), added.get(added.size() * 9 / 10), added.size());
    }

    private static String question(int number) {
        return "What is " + Math.floorMod(number, 20) + " + " + Math.floorMod(number / 20, 20) + "?";
    }

    private static double throughNetwork(OpenAiClient consumer, String model, String question) {
        try (AnswerStream stream =
                consumer.stream(ChatRequest.of(model, question).atMost(8))) {
            Duration first = stream.rest().timeToFirstToken().orElseThrow();
            return first.toNanos() / 1e6;
        }
    }

    private static double alone(Engine engine, String question) throws Exception {
        CompletableFuture<Long> firstToken = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        long asked = System.nanoTime();
        engine.generate(
                GenerationRequest.of(new Prompt.Chat("[{\"role\":\"user\",\"content\":\"" + question + "\"}]"))
                        .atMost(8),
                new GenerationListener() {
                    @Override
                    public void started(int promptTokens, int cachedTokens) {}

                    @Override
                    public void tokens(int[] ids, AnswerChunk chunk) {
                        firstToken.complete(System.nanoTime());
                    }

                    @Override
                    public void finished(Finish finish) {
                        end.complete(null);
                    }

                    @Override
                    public void failed(EngineFailure failure) {
                        end.completeExceptionally(new IllegalStateException(failure.sentence()));
                    }
                });
        end.get(1, TimeUnit.MINUTES);
        return (firstToken.get(1, TimeUnit.SECONDS) - asked) / 1e6;
    }

    private static void printMemory(LocalNetwork network, LocalHost host) {
        System.out.println("resident memory after the run");
        print("orchestrator", network.orchestrator().process().handle());
        print("host", host.process().handle());
        host.engineWorker().ifPresent(worker -> print("engine worker", worker));
    }

    private static void print(String what, ProcessHandle process) {
        try {
            String line = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(each -> each.startsWith("VmRSS:"))
                    .findFirst()
                    .orElse("VmRSS: unknown");
            System.out.printf(
                    "  %-16s %s%n", what, line.substring("VmRSS:".length()).strip());
        } catch (IOException e) {
            System.out.printf("  %-16s not readable on this system%n", what);
        }
    }
}
