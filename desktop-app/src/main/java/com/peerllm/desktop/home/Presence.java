package com.peerllm.desktop.home;

/** The few states that the tray and the side of the window tell apart. */
public enum Presence {
    SHARING,
    /** The person wants to share, but not now: a rule or a pause stands against it, or the way there is not finished. */
    PAUSED,
    /** The person does not want to share. */
    OFF,
    /** Somebody must do something first. */
    NEEDS_YOU
}
