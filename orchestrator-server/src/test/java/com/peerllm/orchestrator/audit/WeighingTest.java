package com.peerllm.orchestrator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.audit.Weighing.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a claim of 20 prompt tokens and the text "true" comes to. */
class WeighingTest {
    private static final int CLAIMED = 20;

    @Test
    void oneThatAgreesConfirms() {
        assertOutcome(Outcome.CONFIRMED, 20, found(20, "true"));
    }

    @Test
    void oneThatDoesNotAgreeProvesNothing() {
        assertOutcome(Outcome.OPEN, 20, found(20, "other"));
        assertOutcome(Outcome.OPEN, 10, found(10, "true"));
        assertOutcome(Outcome.OPEN, 20, new Finding(20, false, "true"));
    }

    @Test
    void twoAgainstOneRefuteWhoeverTheOneIs() {
        assertOutcome(Outcome.REFUTED, 20, found(20, "other"), found(20, "other"));
        assertOutcome(Outcome.REFUTED, 10, found(10, "true"), found(11, "true"));
        assertOutcome(Outcome.REFUTED, 20, new Finding(20, false, "a"), new Finding(20, false, "b"));
        assertOutcome(Outcome.CONFIRMED, 20, found(1, "other"), found(20, "true"));
    }

    @Test
    void ofThreeThatDifferNobodyKnows() {
        assertOutcome(Outcome.UNDECIDED, 20, found(20, "other"), found(20, "third"));
        assertOutcome(Outcome.UNDECIDED, 7, found(7, "true"), found(14, "true"));
    }

    /** A template that writes today's date has another number of tokens where it is another day. */
    @Test
    void aFewTokensMoreAreNoLieButAreNotPaid() {
        assertOutcome(Outcome.CONFIRMED, 16, found(16, "true"));
        assertOutcome(Outcome.OPEN, 15, found(15, "true"));
        assertOutcome(Outcome.CONFIRMED, 20, found(500, "true"));
    }

    private static Finding found(int promptTokens, String said) {
        return new Finding(promptTokens, true, said);
    }

    private static void assertOutcome(Outcome expected, int paidPrompt, Finding... findings) {
        assertThat(Weighing.outcome(CLAIMED, "true", List.of(findings))).isEqualTo(expected);
        assertThat(Weighing.paidPromptTokens(CLAIMED, "true", List.of(findings)))
                .isEqualTo(paidPrompt);
    }
}
