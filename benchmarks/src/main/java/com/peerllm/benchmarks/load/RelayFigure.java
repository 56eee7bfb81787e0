package com.peerllm.benchmarks.load;

import java.time.Duration;
import java.util.List;

/**
 * How many tokens a second pass through one orchestrator in 1,000 streams, with none lost, doubled or out of order, and what one
 * token costs it in processor time and in memory to be collected.
 */
final class RelayFigure {
    private static final int STREAMS = 1_000;
    private static final int HOSTS = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final List<Integer> ratesPerStream;
    private final Duration length;

    RelayFigure(List<Integer> ratesPerStream, Duration length) {
        this.ratesPerStream = ratesPerStream;
        this.length = length;
    }

    void measure(Report report) throws Exception {
        try (Rig rig = new Rig()) {
            rig.hosts(HOSTS, 2 * STREAMS / HOSTS, 0);
            report.title("Relay, " + STREAMS + " streams, orchestrator, mock hosts and load on the same processors");
            StreamLoad.run(rig, rig.network(), STREAMS, ratesPerStream.getFirst(), WARM_UP);
            for (int rate : ratesPerStream) measure(report, rig, rate);
        }
    }

    private void measure(Report report, Rig rig, int rate) throws Exception {
        LinuxProcess orchestrator = rig.orchestrator();
        long allocated = orchestrator.eventLoopAllocatedBytes();
        long cpu = orchestrator.cpuNanos();
        long loop = orchestrator.eventLoopNanos();
        StreamLoad.Outcome outcome = StreamLoad.run(rig, rig.network(), STREAMS, rate, length);
        cpu = orchestrator.cpuNanos() - cpu;
        loop = orchestrator.eventLoopNanos() - loop;
        allocated = orchestrator.eventLoopAllocatedBytes() - allocated;
        double tokens = outcome.tokens();
        report.row(
                "relay",
                rate + " tokens/s each",
                "tokens_per_s",
                outcome.tokensPerSecond(),
                "whole_answers",
                outcome.wholeAnswers() + "/" + outcome.answers(),
                "delay_p50_us",
                outcome.delays().getValueAtPercentile(50) / 1e3,
                "delay_p99_us",
                outcome.delays().getValueAtPercentile(99) / 1e3,
                "cpu_us_per_token",
                cpu / 1e3 / tokens,
                "loop_us_per_token",
                loop / 1e3 / tokens,
                "loop_bytes_per_token",
                allocated / tokens);
        if (!outcome.trouble().isEmpty()) System.out.println("    " + outcome.trouble());
    }
}
