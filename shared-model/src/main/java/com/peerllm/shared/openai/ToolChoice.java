package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the model may, must or must not call tools.
 *
 * @param name the one tool to call, with {@link Mode#NAMED} only
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ToolChoice(Mode mode, Optional<String> name) {
    public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, Optional.empty());
    public static final ToolChoice NONE = new ToolChoice(Mode.NONE, Optional.empty());
    public static final ToolChoice REQUIRED = new ToolChoice(Mode.REQUIRED, Optional.empty());

    /** The choices of the OpenAI API. */
    public enum Mode {
        /** The model decides. */
        AUTO,
        /** Tools are shown to the model, and it answers with text. */
        NONE,
        /** At least one call. */
        REQUIRED,
        /** A call of the named tool. */
        NAMED;

        /** True when an answer without a call is not allowed. */
        public boolean forcesCall() {
            return this == REQUIRED || this == NAMED;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ToolChoice {
        if (name == null) name = Optional.empty();
        if ((mode == Mode.NAMED) != name.isPresent())
            throw new IllegalArgumentException("A tool is named with the mode NAMED only");
    }

    public static ToolChoice of(String tool) {
        return new ToolChoice(Mode.NAMED, Optional.of(tool));
    }
}
