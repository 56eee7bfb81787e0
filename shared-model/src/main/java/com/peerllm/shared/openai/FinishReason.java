package com.peerllm.shared.openai;

import java.util.Locale;

/** Why a choice ended, as the OpenAI API names it. */
public enum FinishReason {
    STOP,
    LENGTH,
    TOOL_CALLS;

    /** What a host said, {@code stop} for a word of a newer protocol. */
    public static FinishReason of(String said) {
        for (FinishReason reason : values()) if (reason.toString().equals(said)) return reason;
        return STOP;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
