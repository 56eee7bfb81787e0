package com.peerllm.desktop.toolkit;

import java.util.Locale;

/** The rooms of the window; each has its texts and its looks in files of this name. */
public enum Room {
    SHELL,
    HOME,
    ONBOARDING,
    MODELS,
    MARKET,
    CHAT,
    EARNINGS,
    RULES,
    SETTINGS,
    LOGS,
    TRAY;

    /** As its files are called. */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
