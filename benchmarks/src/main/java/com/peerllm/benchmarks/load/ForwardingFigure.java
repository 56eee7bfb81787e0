package com.peerllm.benchmarks.load;

import com.peerllm.benchmarks.load.ConsumerConnection.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How long a token is on its way from the mock's write to the consumer's read, at a load that keeps no side busy: through the
 * network, beside the same events straight from the mock, through nginx, and a plain echo of as many bytes.
 */
final class ForwardingFigure {
    private static final int STREAMS = 20;
    private static final int PER_SECOND = 50;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final int rounds;
    private final Duration length;

    ForwardingFigure(int rounds, Duration length) {
        this.rounds = rounds;
        this.length = length;
    }

    void measure(Report report) throws Exception {
        try (Rig rig = new Rig()) {
            rig.hosts(4, 64, 0);
            List<Target> targets = new ArrayList<>(rig.floors());
            targets.add(rig.network());
            report.title("Token forwarding, host's write to consumer's read, " + STREAMS + " streams of " + PER_SECOND
                    + " tokens/s (" + rounds + " rounds in turn)");
            for (Target target : targets) StreamLoad.run(rig, target, STREAMS, PER_SECOND, WARM_UP);
            Map<Target, Histogram> delays = new LinkedHashMap<>();
            Histogram echo = Report.histogram();
            EchoFloor floor = new EchoFloor(rig);
            for (int round = 0; round < rounds; round++) {
                for (Target target : targets) {
                    StreamLoad.Outcome outcome = StreamLoad.run(rig, target, STREAMS, PER_SECOND, length);
                    if (outcome.wholeAnswers() < STREAMS)
                        throw new IllegalStateException(target.name() + ": " + outcome.trouble());
                    delays.computeIfAbsent(target, any -> Report.histogram()).add(outcome.delays());
                }
                floor.measure(echo);
            }
            delays.forEach((target, histogram) -> report.times("forwarding", target.name(), histogram));
            report.times("forwarding.echo", "plain echo, there and back", echo);
        }
    }
}
