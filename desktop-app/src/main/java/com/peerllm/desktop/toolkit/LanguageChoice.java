package com.peerllm.desktop.toolkit;

import java.util.Locale;

/** Which language the person asked for. */
public enum LanguageChoice {
    /** That of the operating system, where there are texts in it; else English. */
    SYSTEM,
    ENGLISH,
    GERMAN;

    /** @param system what the operating system says */
    public Locale locale(Locale system) {
        return switch (this) {
            case SYSTEM -> system;
            case ENGLISH -> Locale.ENGLISH;
            case GERMAN -> Locale.GERMAN;
        };
    }
}
