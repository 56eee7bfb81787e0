package com.peerllm.desktop.toolkit;

/** Which look the person asked for. */
public enum ThemeChoice {
    /** As the operating system is, and changing with it. */
    SYSTEM,
    LIGHT,
    DARK
}
