package com.peerllm.shared.reputation;

import static com.peerllm.shared.reputation.ReputationTest.answered;
import static com.peerllm.shared.reputation.ReputationTest.failed;
import static com.peerllm.shared.reputation.ReputationTest.score;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.reputation.Evidence.Meaning;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HonestyTest {
    private static final long START = 1_800_000_000_000L;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    void aCertainLieExcludesForAnHourAndThenComesProbation() {
        ModelHistory liar = failed(established(), Meaning.DISHONEST, START);
        assertThat(score(liar, Presence.NEW, START + HOUR - 1).value()).isZero();
        assertThat(score(liar, Presence.NEW, START + HOUR).value()).isPositive();
        assertThat(Reputation.isNewcomer(liar, START + HOUR)).isTrue();

        ModelHistory again = liar;
        for (int i = 0; i < Honesty.PROBATION_ANSWERS; i++) {
            assertThat(Reputation.isNewcomer(again, START + HOUR)).isTrue();
            again = answered(again, START + HOUR);
        }
        assertThat(Reputation.isNewcomer(again, START + HOUR)).isFalse();
    }

    @Test
    void everyFurtherLieExcludesFourTimesAsLong() {
        ModelHistory liar = failed(established(), Meaning.DISHONEST, START);
        for (int hours : new int[] {4, 16, 64}) {
            long at = liar.honesty().excludedUntilMillis();
            liar = failed(liar, Meaning.DISHONEST, at);
            assertThat(liar.honesty().excludedUntilMillis() - at)
                    .isBetween(Math.round(0.8 * hours * HOUR), hours * HOUR);
        }
        for (int i = 0; i < 10; i++) {
            liar = failed(liar, Meaning.DISHONEST, liar.honesty().excludedUntilMillis());
        }
        long last = liar.honesty().excludedUntilMillis() - liar.honesty().convictedAtMillis();
        assertThat(last).isLessThanOrEqualTo(Duration.ofDays(30).toMillis());
    }

    @Test
    void severalAnswersOfOneLieAreOneLie() {
        ModelHistory once = failed(established(), Meaning.DISHONEST, START);
        ModelHistory fourTimes = once;
        for (int i = 1; i < 4; i++) fourTimes = failed(fourTimes, Meaning.DISHONEST, START + i);
        assertThat(fourTimes.honesty().excludedUntilMillis())
                .isEqualTo(once.honesty().excludedUntilMillis());
    }

    @Test
    void oneFailedCheckConvictsNobodyAndThreeTogetherDo() {
        ModelHistory host = failed(established(), Meaning.DOUBTFUL, START);
        assertThat(host.honesty().isExcluded(START)).isFalse();
        host = failed(host, Meaning.DOUBTFUL, START);
        assertThat(host.honesty().isExcluded(START)).isFalse();
        host = failed(host, Meaning.DOUBTFUL, START);
        assertThat(host.honesty().isExcluded(START)).isTrue();
    }

    @Test
    void honestAnswersCannotBeSavedUpAgainstLaterLies() {
        ModelHistory host = established();
        for (int i = 0; i < 10_000; i++) host = confirmed(host);
        for (int i = 0; i < 3; i++) host = failed(host, Meaning.DOUBTFUL, START);
        assertThat(host.honesty().isExcluded(START)).isTrue();
    }

    /** Of 10,000 hosts with 200 checks each, of which one in a thousand fails by the fault of others. */
    @Test
    void honestHostsAreHardlyEverConvictedAndLiarsSoon() {
        SplittableRandom random = new SplittableRandom(4);
        int convicted = 0;
        for (int host = 0; host < 10_000; host++) {
            if (checksUntilConvicted(random, 0.001, 200) < 200) convicted++;
        }
        assertThat(convicted).isLessThan(10);

        int checks = 0;
        for (int host = 0; host < 1_000; host++) checks += checksUntilConvicted(random, 0.3, 10_000);
        assertThat(checks / 1_000).isLessThan(15);
    }

    private static int checksUntilConvicted(SplittableRandom random, double fails, int most) {
        Honesty honesty = Honesty.UNTRIED;
        for (int check = 0; check < most; check++) {
            if (honesty.isExcluded(START)) return check;
            honesty = random.nextDouble() < fails
                    ? honesty.afterFailure(Meaning.DOUBTFUL, START)
                    : honesty.afterConfirmation();
        }
        return most;
    }

    private static ModelHistory established() {
        ModelHistory history = ModelHistory.EMPTY;
        for (int i = 0; i < 200; i++) history = answered(history, START);
        return history;
    }

    private static ModelHistory confirmed(ModelHistory history) {
        return history.after(new Evidence.Confirmed(history.number() + 1, START));
    }
}
