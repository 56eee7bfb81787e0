package com.peerllm.benchmarks.load;

import com.peerllm.benchmarks.load.ConsumerConnection.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Many streamed answers at the same time, each with its tokens at fixed times: how long each token was on its way, and whether
 * all came, once and in order. The mock sends by its clock, whether or not the tokens before have arrived.
 */
final class StreamLoad {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private StreamLoad() {}

    /**
     * What came of it.
     *
     * @param delays from the mock's write to the consumer's read, in nanoseconds, without each answer's first fifth
     * @param wholeAnswers with every token, once and in order, and the end
     * @param tokensPerSecond of all, from the first token to the last
     */
    record Outcome(
            Histogram delays, int answers, int wholeAnswers, long tokens, double tokensPerSecond, String trouble) {}

    /** @param perSecond tokens of each stream */
    static Outcome run(Rig rig, Target target, int streams, int perSecond, Duration length) throws Exception {
        int tokens = (int) (perSecond * length.toSeconds());
        Duration interval = Duration.ofNanos(1_000_000_000L / perSecond);
        Question question = new Question(tokens, interval, true);
        Histogram delays = Report.histogram();
        AnswerTimes.TokenHeard record = (number, sent, now) -> {
            if (number >= tokens / 5) delays.recordValue(Math.max(0, now - sent));
        };
        List<ConsumerConnection> connections = new ArrayList<>();
        for (int i = 0; i < streams; i++) connections.add(rig.connect(target));
        List<AnswerTimes> answers = new ArrayList<>();
        List<CompletableFuture<AnswerTimes>> ends = new ArrayList<>();
        // Begun one after the other over a second, so that their tokens do not all fall due at the same moment.
        long pause = TimeUnit.SECONDS.toNanos(1) / streams;
        long start = System.nanoTime();
        for (int i = 0; i < streams; i++) {
            long due = start + i * pause;
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            AnswerTimes times = new AnswerTimes(tokens, record);
            answers.add(times);
            ends.add(connections.get(i).ask(question.json(), times));
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> null)
                .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        connections.forEach(ConsumerConnection::close);
        return outcome(delays, answers);
    }

    private static Outcome outcome(Histogram delays, List<AnswerTimes> answers) {
        long first = answers.stream().mapToLong(AnswerTimes::firstNanos).min().orElseThrow();
        long last = answers.stream().mapToLong(AnswerTimes::lastNanos).max().orElseThrow();
        long tokens = answers.stream().mapToLong(AnswerTimes::tokens).sum();
        List<AnswerTimes> broken =
                answers.stream().filter(each -> !each.isWhole()).toList();
        return new Outcome(
                delays,
                answers.size(),
                answers.size() - broken.size(),
                tokens,
                tokens * 1e9 / (last - first),
                broken.isEmpty() ? "" : broken.getFirst().trouble());
    }
}
