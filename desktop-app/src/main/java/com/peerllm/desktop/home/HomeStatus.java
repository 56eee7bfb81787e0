package com.peerllm.desktop.home;

/**
 * What the top of Home says.
 *
 * @param action what the big button does
 * @param sentence what is so, in a few words
 * @param reason why, and what to do when something must be done
 */
public record HomeStatus(Kind kind, Action action, String sentence, String reason) {

    /** What the tray and the side of the window make of it. */
    public Presence presence() {
        return switch (kind) {
            case SHARING -> Presence.SHARING;
            case PREPARING, PAUSED, OFFLINE, RECOVERING -> Presence.PAUSED;
            case NO_NETWORK, STOPPED, STOPPING -> Presence.OFF;
            case FAILED -> Presence.NEEDS_YOU;
        };
    }

    /** The few situations that a person must be able to tell apart at a glance. */
    public enum Kind {
        /** No address of a network is known yet. */
        NO_NETWORK,
        STOPPED,
        /** On the way to sharing; nothing is wrong. */
        PREPARING,
        SHARING,
        /** Wanted, but a rule or the person stands against it now. */
        PAUSED,
        /** The network is out of reach; it is tried again without anybody doing something. */
        OFFLINE,
        /** The engine went down and comes back by itself. */
        RECOVERING,
        /** Somebody must do something first. */
        FAILED,
        /** Running answers are being ended. */
        STOPPING
    }

    /** What the big button does. */
    public enum Action {
        START,
        STOP,
        TRY_AGAIN,
        /** Ends the person's own pause. */
        RESUME,
        /** Nothing: sharing is being stopped. */
        NONE
    }
}
