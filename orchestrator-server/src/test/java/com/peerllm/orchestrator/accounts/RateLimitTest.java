package com.peerllm.orchestrator.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What a limit lets through, over random histories of requests that take too much or too little at first. */
class RateLimitTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /**
     * One request.
     *
     * @param pause since the one before
     * @param runs how long after it was let in its real size is known
     */
    record Request(long pause, int estimate, int used, long runs) {}

    private record LetIn(long at, Request request) {}

    @Provide
    Arbitrary<List<Request>> neverMoreThanEstimated() {
        return requests((estimate, part) -> (int) ((long) estimate * part / 100));
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.of(1, 60, 250, 500, 1_000, 1_000, 1_000);
    }

    @Provide
    Arbitrary<List<Request>> anything() {
        return requests((estimate, part) -> (int) ((long) estimate * part / 40));
    }

    /** Bursts with rests between them, in which buckets fill up, and requests that run across both. */
    private static Arbitrary<List<Request>> requests(BinaryOperator<Integer> used) {
        Arbitrary<Long> pauses = Arbitraries.of(0L, SECOND, 2 * SECOND, 5 * SECOND, 40 * SECOND);
        Arbitrary<Long> times = Arbitraries.of(0L, SECOND, 20 * SECOND, 41 * SECOND, 43 * SECOND, 50 * SECOND);
        Arbitrary<Integer> estimates = Arbitraries.oneOf(
                Arbitraries.of(250, 500, 1_000), Arbitraries.integers().between(0, 1_200));
        Arbitrary<Integer> parts =
                Arbitraries.oneOf(Arbitraries.of(0, 100), Arbitraries.integers().between(0, 100));
        return Combinators.combine(pauses, estimates, parts, times)
                .as((pause, estimate, part, runs) -> new Request(pause, estimate, used.apply(estimate, part), runs))
                .list()
                .ofMaxSize(60);
    }

    /** Between any two moments: a minute's worth, and what refilled between them. */
    @Property(tries = 400)
    void noWindowHoldsMoreThanTheLimitAllows(
            @ForAll("neverMoreThanEstimated") List<Request> requests,
            @ForAll @IntRange(min = 1, max = 1_000) int limit) {
        List<LetIn> letIn = play(requests, limit);
        for (int first = 0; first < letIn.size(); first++) {
            long sum = 0;
            for (int last = first; last < letIn.size(); last++) {
                sum += Math.min(letIn.get(last).request().used(), limit);
                long window = letIn.get(last).at() - letIn.get(first).at();
                assertThat(sum).isLessThanOrEqualTo(limit + Math.ceilDiv(window * limit, MINUTE));
            }
        }
    }

    /** Also with estimates that were too small: what was too much is waited for afterwards. */
    @Property(tries = 400)
    void inTheLongRunTheLimitHoldsWhateverTheEstimates(
            @ForAll("anything") List<Request> requests, @ForAll @IntRange(min = 50, max = 1_000) int limit) {
        RateLimit bucket = new RateLimit(limit, 0);
        long now = 0;
        long used = 0;
        for (Request request : requests) {
            now += request.pause();
            if (bucket.take(request.estimate(), now).isPresent()) continue;
            bucket.correct(request.estimate(), request.used(), now, now);
            used += request.used();
        }
        long empty = now + bucket.untilFull(now).toNanos();
        assertThat(used).isLessThanOrEqualTo(limit + Math.ceilDiv(empty * limit, MINUTE));
    }

    @Property(tries = 400)
    void whoWaitsAsLongAsToldIsLetIn(
            @ForAll("anything") List<Request> requests,
            @ForAll @IntRange(min = 1, max = 1_000) int limit,
            @ForAll @IntRange(min = 1, max = 5_000) int wish) {
        RateLimit bucket = new RateLimit(limit, 0);
        long now = 0;
        for (Request request : requests) {
            now += request.pause();
            if (bucket.take(request.estimate(), now).isEmpty()) {
                bucket.correct(request.estimate(), request.used(), now, now);
            }
        }
        Optional<Duration> wait = bucket.take(wish, now);
        if (wait.isPresent()) {
            assertThat(bucket.take(wish, now + wait.get().toNanos() - 1)).isPresent();
            assertThat(bucket.take(wish, now + wait.get().toNanos())).isEmpty();
        }
    }

    @Property(tries = 200)
    void whoStaysBelowTheLimitIsNeverRefused(
            @ForAll @IntRange(min = 1, max = RateLimit.MOST_PER_MINUTE) int limit,
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long start) {
        RateLimit bucket = new RateLimit(limit, start);
        long step = Math.ceilDiv(MINUTE, (long) limit);
        for (int i = 0; i < 1_000; i++)
            assertThat(bucket.take(1, start + i * step)).isEmpty();
    }

    /** Plays them in the order of time: each is let in or not, and corrected when it has run. */
    private static List<LetIn> play(List<Request> requests, int limit) {
        RateLimit bucket = new RateLimit(limit, 0);
        List<LetIn> letIn = new ArrayList<>();
        List<LetIn> running = new ArrayList<>();
        long now = 0;
        for (Request request : requests) {
            now += request.pause();
            end(bucket, running, now);
            if (bucket.take(request.estimate(), now).isPresent()) continue;
            letIn.add(new LetIn(now, request));
            running.add(new LetIn(now, request));
        }
        return letIn;
    }

    private static void end(RateLimit bucket, List<LetIn> running, long now) {
        running.sort(Comparator.comparingLong(each -> each.at() + each.request().runs()));
        while (!running.isEmpty()
                && running.getFirst().at() + running.getFirst().request().runs() <= now) {
            LetIn over = running.removeFirst();
            bucket.correct(
                    over.request().estimate(),
                    over.request().used(),
                    over.at(),
                    over.at() + over.request().runs());
        }
    }

    @Example
    void aMinutesWorthMayComeAtOnceAndThenOneAfterAnother() {
        RateLimit bucket = new RateLimit(3, 0);
        for (int i = 0; i < 3; i++) assertThat(bucket.take(1, 0)).isEmpty();

        assertThat(bucket.remaining(0)).isZero();
        assertThat(bucket.take(1, 0)).contains(Duration.ofSeconds(20));
        assertThat(bucket.take(1, 19 * SECOND)).contains(Duration.ofSeconds(1));
        assertThat(bucket.take(1, 20 * SECOND)).isEmpty();
        assertThat(bucket.untilFull(20 * SECOND)).isEqualTo(Duration.ofSeconds(60));
        assertThat(bucket.remaining(80 * SECOND)).isEqualTo(3);
    }

    @Example
    void whatWasNotUsedComesBackButForWhatHasRefilledMeanwhile() {
        RateLimit bucket = new RateLimit(60_000, 0);
        bucket.take(5_000, 0);
        bucket.correct(5_000, 1_000, 0, 0);
        assertThat(bucket.remaining(0)).isEqualTo(59_000);

        bucket.take(5_000, 0);
        bucket.correct(5_000, 1_000, 0, 3 * SECOND);
        assertThat(bucket.remaining(3 * SECOND))
                .as("3,000 of 4,000 had refilled")
                .isEqualTo(58_000);
    }

    @Example
    void moreThanAMinutesWorthIsADebt() {
        RateLimit bucket = new RateLimit(1_000, 0);
        assertThat(bucket.take(4_000, 0)).as("counts as a minute's worth").isEmpty();

        bucket.correct(4_000, 4_000, 0, 0);

        assertThat(bucket.take(1, 0)).contains(Duration.ofMillis(3 * 60_000 + 60));
    }

    @Example
    void aDebtHasABound() {
        RateLimit bucket = new RateLimit(1, 0);
        bucket.take(1, 0);
        bucket.correct(1, Long.MAX_VALUE, 0, 0);

        assertThat(bucket.untilFull(0)).isEqualTo(Duration.ofHours(1));
    }

    @Example
    void anotherLimitKeepsThePartOfTheMinuteThatIsUsed() {
        RateLimit bucket = new RateLimit(10, 0);
        bucket.take(5, 0);

        assertThat(bucket.changedTo(1_000).remaining(0)).isEqualTo(500);
    }

    @Example
    void aLimitIsAPositiveNumberThatCanBeCountedExactly() {
        assertThatThrownBy(() -> new RateLimit(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateLimit(100_000_001, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
