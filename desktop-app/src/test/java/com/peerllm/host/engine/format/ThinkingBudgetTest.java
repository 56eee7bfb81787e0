package com.peerllm.host.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of an answer may be thinking. */
class ThinkingBudgetTest {
    private static final int[] ENDING = {7, 8, 9};

    @ParameterizedTest
    @CsvSource({
        // answer, wanted, most tokens of thinking
        "1000, , 747",
        "1000, 100, 100",
        "1000, 0, 0",
        "1000, 5000, 747",
        "200, , 133",
        "100, , 47",
        "10, , 2",
        "4, , 0",
    })
    void roomForTheAnswerIsKept(int answer, Integer wanted, int most) {
        OptionalInt asked = wanted == null ? OptionalInt.empty() : OptionalInt.of(wanted);

        assertThat(ThinkingBudget.of(asked, answer, ENDING).tokens()).isEqualTo(most);
    }

    @Test
    void nothingIsWrittenIntoAnAnswerThatHasNoRoomForIt() {
        assertThat(ThinkingBudget.of(OptionalInt.of(0), 3, ENDING)).isSameAs(ThinkingBudget.NONE);
    }
}
