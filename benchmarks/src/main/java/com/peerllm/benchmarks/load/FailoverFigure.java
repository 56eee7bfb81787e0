package com.peerllm.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long a consumer waits for the next token when the host's connection is reset in the middle of its answer. Every fresh answer
 * is cut; another mock host goes on with it at once, so what is measured is the orchestrator's part of a failover.
 */
final class FailoverFigure {
    private static final int CUT_AFTER = 10;
    private static final int TOKENS = 20;
    private static final Duration INTERVAL = Duration.ofMillis(20);
    /** A host that was cut off does not come back; new ones come before the last are used up. */
    private static final int HOSTS = 40;

    private static final int ANSWERS_OF_HOSTS = 30;
    private static final int MOST_SECONDS = 30;

    private final int answers;

    FailoverFigure(int answers) {
        this.answers = answers;
    }

    void measure(Report report) throws Exception {
        try (Rig rig = new Rig()) {
            report.title("Failover: the host's socket is reset after " + CUT_AFTER + " of " + TOKENS
                    + " tokens, one every " + INTERVAL.toMillis() + " ms");
            Histogram gaps = Report.histogram();
            Question question = new Question(TOKENS, INTERVAL, true);
            int whole = 0;
            String trouble = "";
            for (int i = 0; i < answers; i++) {
                if (i % ANSWERS_OF_HOSTS == 0) rig.hosts(HOSTS, 4, CUT_AFTER);
                Gap gap = new Gap();
                ConsumerConnection connection = rig.connect(rig.network());
                AnswerTimes times = connection
                        .ask(question.json(), new AnswerTimes(TOKENS, gap))
                        .get(MOST_SECONDS, TimeUnit.SECONDS);
                connection.close();
                if (times.isWhole()) {
                    whole++;
                    gaps.recordValue(gap.nanos);
                } else {
                    trouble = times.trouble();
                }
            }
            report.row("failover.answers", "answers", "whole", whole, "asked", answers, "trouble", trouble);
            report.times("failover.gap", "last token to the next", gaps);
        }
    }

    /** Between the last token of the first host and the first of the second. */
    private static final class Gap implements AnswerTimes.TokenHeard {
        private long lastNanos;
        private long nanos;

        @Override
        public void heard(int number, long sentNanos, long nowNanos) {
            if (number == CUT_AFTER) nanos = nowNanos - lastNanos;
            lastNanos = nowNanos;
        }
    }
}
