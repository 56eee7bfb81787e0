package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much a reasoning model may think before it answers; models that do not think ignore it.
 *
 * @param effort what the consumer asked for; absent leaves it to the model
 * @param budgetTokens most tokens of thinking; absent leaves the engine's own bound, which always keeps room for an answer
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Reasoning(Optional<Effort> effort, OptionalInt budgetTokens) {
    public static final Reasoning DEFAULT = new Reasoning(Optional.empty(), OptionalInt.empty());

    /** The OpenAI API's {@code reasoning_effort}. */
    public enum Effort {
        NONE,
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Most tokens of thinking that the request allows: none when it asks for none. */
    public OptionalInt mostTokens() {
        return isOff() ? OptionalInt.of(0) : budgetTokens;
    }

    /** Whether the model is asked not to think. */
    @JsonIgnore
    public boolean isOff() {
        return effort.equals(Optional.of(Effort.NONE));
    }

    public Reasoning {
        if (effort == null) effort = Optional.empty();
        if (budgetTokens == null) budgetTokens = OptionalInt.empty();
        if (budgetTokens.orElse(0) < 0) throw new IllegalArgumentException("budgetTokens must not be negative");
    }
}
