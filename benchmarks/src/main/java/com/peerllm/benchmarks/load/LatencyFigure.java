package com.peerllm.benchmarks.load;

import com.peerllm.benchmarks.load.ConsumerConnection.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What the orchestrator adds to a request: one request at a time to each target, in random order in every round, on kept
 * connections. Through the network that is the whole way: key, reading, hold, routing, host, relay, settlement behind it. The
 * mock engine asked directly is the floor, and each round gives one difference to it.
 */
final class LatencyFigure {
    private static final int WARM_UP_ROUNDS = 4_000;
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(2);
    private static final int MOST_SECONDS = 30;

    private final int rounds;

    LatencyFigure(int rounds) {
        this.rounds = rounds;
    }

    void measure(Report report) throws Exception {
        try (Rig rig = new Rig()) {
            rig.hosts(4, 64, 0);
            List<Target> targets = new ArrayList<>(rig.floors());
            targets.add(rig.network());
            report.title("Added latency, one request at a time (" + rounds + " rounds after " + WARM_UP_ROUNDS + ")");
            measure(report, "streamed", rig, targets, new Question(1, Duration.ZERO, true));
            measure(report, "whole", rig, targets, new Question(1, Duration.ZERO, false));
        }
    }

    private void measure(Report report, String kind, Rig rig, List<Target> targets, Question question)
            throws Exception {
        List<Contender> contenders = targets.stream()
                .map(target -> new Contender(target.name(), rig.connect(target)))
                .toList();
        List<Contender> order = new ArrayList<>(contenders);
        Random random = new Random(1);
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            Collections.shuffle(order, random);
            for (Contender each : order) {
                if (round >= 0) LockSupport.parkNanos(BETWEEN_REQUESTS.toNanos());
                each.ask(question, round >= 0);
            }
        }
        Contender direct = contenders.getFirst();
        for (Contender each : contenders) each.report(report, kind, direct);
        contenders.forEach(each -> each.connection.close());
    }

    /** One target with its times. */
    private static final class Contender {
        private final String name;
        private final ConsumerConnection connection;
        private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

        Contender(String name, ConsumerConnection connection) {
            this.name = name;
            this.connection = connection;
            nanos.put("first token", new ArrayList<>());
            nanos.put("whole answer", new ArrayList<>());
        }

        void ask(Question question, boolean counts) throws Exception {
            AnswerTimes times = connection
                    .ask(question.json(), new AnswerTimes(question.tokens(), AnswerTimes.TokenHeard.NONE))
                    .get(MOST_SECONDS, TimeUnit.SECONDS);
            if (!times.isWhole()) throw new IllegalStateException(name + ": " + times.trouble());
            if (!counts) return;
            nanos.get("first token").add(times.firstNanos() - times.sentNanos());
            nanos.get("whole answer").add(times.endNanos() - times.sentNanos());
        }

        void report(Report report, String kind, Contender direct) {
            nanos.forEach((what, times) -> {
                if (kind.equals("whole") && what.equals("first token")) return;
                String figure = "latency." + kind + "." + what.replace(' ', '_');
                Histogram histogram = Report.histogram();
                times.forEach(histogram::recordValue);
                report.times(figure, kind + ", " + what + ", " + name, histogram);
                if (this == direct) return;
                List<Long> added = new ArrayList<>();
                for (int i = 0; i < times.size(); i++)
                    added.add(times.get(i) - direct.nanos.get(what).get(i));
                report.differences(figure + ".added", "   added to direct by " + name, added);
            });
        }
    }
}
