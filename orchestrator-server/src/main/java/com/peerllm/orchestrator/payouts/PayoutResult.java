package com.peerllm.orchestrator.payouts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What became of one payment.
 *
 * @param payoutId of the order
 * @param note the provider's reference of a payment, or why it failed; 1 to 200 characters, nothing personal
 */
public record PayoutResult(String payoutId, Outcome outcome, String note) {
    private static final int MOST_CHARACTERS = 200;

    public PayoutResult {
        if (payoutId == null || outcome == null)
            throw new IllegalArgumentException("A result has a payout and an outcome");
        if (note == null || note.isBlank() || note.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "The result of " + payoutId + " needs a " + (outcome == Outcome.PAID ? "reference" : "reason")
                            + " of 1 to " + MOST_CHARACTERS + " characters");
        }
        if (note.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("The result of " + payoutId + " has control characters in it");
        }
    }

    /** How it ended. */
    public enum Outcome {
        PAID,
        FAILED;

        @JsonCreator
        public static Outcome of(String word) {
            for (Outcome outcome : values()) if (outcome.word().equals(word)) return outcome;
            throw new IllegalArgumentException("A payment is paid or failed, not '" + word + "'");
        }

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
