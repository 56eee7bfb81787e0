package com.peerllm.shared.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.peerllm.shared.reputation.Evidence.Answered;
import com.peerllm.shared.reputation.Evidence.Failed;
import com.peerllm.shared.reputation.Evidence.Meaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReputationTest {
    private static final long START = 1_800_000_000_000L;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final CohortPace COHORT = new CohortPace(20, 0.5);

    /** The worked examples of the document. */
    static Stream<Arguments> publishedScores() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", "reputation.md"))) {
            return lines
                    .filter(line -> line.matches("(\\| [0-9.]+ ){8}\\|"))
                    .map(line -> Arguments.of(
                            (Object[]) line.substring(2, line.length() - 2).split(" \\| ")))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("publishedScores")
    void scoresAreThePublishedOnes(
            int successes,
            int failures,
            double tokensPerSecond,
            double firstTokenMillis,
            int promisedHours,
            int presentHours,
            int daysAgo,
            double score) {
        ModelHistory history = ModelHistory.EMPTY;
        for (int i = 0; i < failures; i++) history = failed(history, Meaning.UNRELIABLE, START);
        for (int i = 0; i < successes; i++) {
            history = history.after(
                    new Answered(history.number() + 1, START, 256, 20, firstTokenMillis, tokensPerSecond));
        }
        Presence presence = Presence.NEW
                .after(new Evidence.Present(1, START, hours(presentHours), true))
                .after(new Evidence.Absent(2, START, hours(promisedHours - presentHours)));

        assertThat(score(history, presence, START + daysAgo * DAY).value()).isCloseTo(score, offset(0.0005));
    }

    @Property
    void aSuccessNeverLowersAndAFailureNeverRaisesTheScore(
            @ForAll @Size(max = 300) List<Boolean> before, @ForAll @IntRange(max = 30) int daysLater) {
        ModelHistory history = ModelHistory.EMPTY;
        for (boolean good : before) {
            long at = START + history.number() * 1_000_000;
            history = good ? answered(history, at) : failed(history, Meaning.UNRELIABLE, at);
        }
        long now = START + before.size() * 1_000_000L + daysLater * DAY;
        double score = score(history, Presence.NEW, now).value();
        assertThat(score(answered(history, now), Presence.NEW, now).value()).isGreaterThanOrEqualTo(score - 1e-12);
        for (Meaning meaning : Meaning.values()) {
            assertThat(score(failed(history, meaning, now), Presence.NEW, now).value())
                    .isLessThanOrEqualTo(score + 1e-12);
        }
    }

    @Property
    void whatWasFoldedScoresLikeWhatIsReadOneByOne(
            @ForAll @Size(max = 200) List<@IntRange(max = 9) Integer> kinds, @ForAll @IntRange(max = 199) int fold) {
        ModelHistory whole = ModelHistory.EMPTY;
        ModelHistory folded = ModelHistory.EMPTY;
        for (int kind : kinds) {
            Evidence next = piece(whole.number() + 1, kind);
            whole = whole.after(next);
            // Only the figures of the record may matter, nothing that it remembers besides.
            folded = whole.number() <= fold ? whole : copy(folded).after(next);
        }
        assertThat(score(folded, Presence.NEW, START + DAY)).isEqualTo(score(whole, Presence.NEW, START + DAY));
    }

    @Test
    void theOrderWithinAMomentChangesAlmostNothing() {
        ModelHistory goodFirst = ModelHistory.EMPTY;
        for (int i = 0; i < 100; i++) goodFirst = answered(goodFirst, START);
        for (int i = 0; i < 5; i++) goodFirst = failed(goodFirst, Meaning.UNRELIABLE, START);
        ModelHistory goodLast = ModelHistory.EMPTY;
        for (int i = 0; i < 5; i++) goodLast = failed(goodLast, Meaning.UNRELIABLE, START);
        for (int i = 0; i < 100; i++) goodLast = answered(goodLast, START);

        // Each outcome takes 0.14 % off those before: 5 failures, each 100 outcomes older, weigh 13 % less.
        assertThat(score(goodLast, Presence.NEW, START).success())
                .isCloseTo(score(goodFirst, Presence.NEW, START).success(), offset(0.01));
    }

    @Test
    void aFreshIdentityIsWorthLessThanAnAverageOldOneHoweverMuchWentWrongThere() {
        ModelHistory fresh = ModelHistory.EMPTY;
        ModelHistory old = ModelHistory.EMPTY;
        for (int i = 0; i < 1000; i++) {
            old = i % 4 == 0 ? failed(old, Meaning.UNRELIABLE, START) : answered(old, START);
        }
        assertThat(score(old, Presence.NEW, START).value())
                .isGreaterThan(100 * score(fresh, Presence.NEW, START).value());
        assertThat(Reputation.isNewcomer(fresh, START)).isTrue();
        assertThat(Reputation.isNewcomer(old, START)).isFalse();
    }

    @Test
    void aMillionGoodAnswersDoNotPayForHundredsOfBadOnes() {
        ModelHistory history = ModelHistory.EMPTY;
        for (int i = 0; i < 100_000; i++) history = answered(history, START);
        for (int i = 0; i < 200; i++) history = failed(history, Meaning.UNRELIABLE, START);
        assertThat(score(history, Presence.NEW, START).success()).isLessThan(0.75);
    }

    @Test
    void oneSlowAnswerAtMostHalvesTheSpeedAndIsForgottenInHours() {
        ModelHistory steady = answered(ModelHistory.EMPTY, START);
        ModelHistory slow = steady.after(new Answered(2, START, 256, 20, 256, 0.1));
        assertThat(score(slow, Presence.NEW, START).speed())
                .isCloseTo(score(steady, Presence.NEW, START).speed() / Math.sqrt(2), offset(1e-9));
        ModelHistory later = slow.after(new Answered(3, START + hours(2), 256, 20, 256, 50));
        assertThat(score(later, Presence.NEW, START + hours(2)).speed()).isCloseTo(1, offset(0.001));
    }

    static ModelHistory answered(ModelHistory history, long atMillis) {
        return history.after(new Answered(history.number() + 1, atMillis, 256, 20, 256, 50));
    }

    static ModelHistory failed(ModelHistory history, Meaning meaning, long atMillis) {
        return history.after(new Failed(history.number() + 1, atMillis, "stalled", meaning));
    }

    static Score score(ModelHistory history, Presence presence, long nowMillis) {
        return Reputation.score(history, presence, history.honesty().excludedUntilMillis(), COHORT, nowMillis);
    }

    private static Evidence piece(long number, int kind) {
        long at = START + number * 7_000_000;
        return switch (kind) {
            case 0 -> new Failed(number, at, "stalled", Meaning.UNRELIABLE);
            case 1 -> new Failed(number, at, "audit_failed", Meaning.DOUBTFUL);
            case 2 -> new Evidence.Confirmed(number, at);
            default -> new Answered(number, at, 10 * kind, 20, 100 * kind, 10 * kind);
        };
    }

    private static ModelHistory copy(ModelHistory history) {
        return new ModelHistory(
                history.number(),
                history.answers(),
                history.failures(),
                history.outcomes(),
                history.millisPerToken(),
                history.firstTokenMillis(),
                history.honesty());
    }

    private static long hours(int hours) {
        return Duration.ofHours(hours).toMillis();
    }
}
