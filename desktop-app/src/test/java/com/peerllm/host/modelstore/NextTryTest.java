package com.peerllm.host.modelstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.modelstore.NextTry.Tries;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NextTryTest {
    private final Random random = new Random(6);

    @Test
    void triesAgainUntilTwentyFiveTriesBroughtNothing() {
        FetchTrouble cut = FetchTrouble.again("The connection was cut.");

        assertThat(after(cut, new Tries(25, 0)))
                .isInstanceOfSatisfying(
                        NextTry.Again.class, next -> assertThat(next.delay()).isLessThan(Duration.ofMinutes(3)));
        assertThat(after(cut, new Tries(26, 0)))
                .isEqualTo(new NextTry.ByPerson("The connection was cut. It was tried 26 times. Resume to try again;"
                        + " what was received is kept."));
    }

    @Test
    void waitsAsLongAsTheServerAsksButNotLongerThanAnHour() {
        assertThat(after(busyFor(Duration.ofMinutes(7)), new Tries(1, 0)))
                .isEqualTo(new NextTry.Again("It is busy.", Duration.ofMinutes(7)));
        assertThat(after(busyFor(Duration.ofDays(1)), new Tries(1, 0)))
                .isEqualTo(new NextTry.Again("It is busy.", Duration.ofHours(1)));
    }

    @Test
    void beginsAnewFiveTimesAndThenAsksItsPerson() {
        FetchTrouble changed = FetchTrouble.anew("The file changed.");

        assertThat(after(changed, new Tries(1, 5))).isInstanceOf(NextTry.Anew.class);
        assertThat(after(changed, new Tries(1, 6)))
                .isEqualTo(new NextTry.ByPerson(
                        "The file changed. It was begun anew 5 times; try later, or another source."));
    }

    private NextTry after(FetchTrouble trouble, Tries tries) {
        return NextTry.after(trouble, tries, random);
    }

    private static FetchTrouble busyFor(Duration asked) {
        return FetchTrouble.again("It is busy.", Optional.of(asked));
    }
}
