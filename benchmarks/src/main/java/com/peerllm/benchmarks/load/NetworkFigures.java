package com.peerllm.benchmarks.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The orchestrator's figures, with mock hosts that compute nothing: added latency, token forwarding, tokens relayed, idle hosts,
 * failover; each beside its floors.
 */
@Command(name = "NetworkFigures", mixinStandardHelpOptions = true, sortOptions = false)
public final class NetworkFigures implements Callable<Integer> {
    private enum Figure {
        latency,
        forwarding,
        relay,
        hosts,
        failover
    }

    @Option(names = "--figures", split = ",", description = "Which: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Figure> figures = List.of(Figure.values());

    @Option(names = "--quick", description = "A tenth of the work: to see that it runs, not to measure.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there too.")
    private Optional<Path> json;

    public static void main(String[] args) {
        System.exit(new CommandLine(new NetworkFigures()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Report report = new Report();
        for (Figure figure : figures) {
            switch (figure) {
                case latency -> new LatencyFigure(quick ? 1_000 : 10_000).measure(report);
                case forwarding ->
                    new ForwardingFigure(quick ? 1 : 5, Duration.ofSeconds(quick ? 5 : 8)).measure(report);
                case relay ->
                    new RelayFigure(
                                    quick ? List.of(10, 25) : List.of(10, 25, 50, 75, 100),
                                    Duration.ofSeconds(quick ? 5 : 10))
                            .measure(report);
                case hosts -> new HostsFigure(quick ? List.of(1_000) : List.of(1_000, 4_000, 10_000)).measure(report);
                case failover -> new FailoverFigure(quick ? 20 : 200).measure(report);
            }
        }
        if (json.isPresent()) Files.writeString(json.get(), report.json());
        return 0;
    }
}
