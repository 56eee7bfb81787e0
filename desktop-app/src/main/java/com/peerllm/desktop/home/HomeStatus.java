package com.peerllm.desktop.home;

/**
 * What the top of Home says.
 *
 * @param sentence what is so, in a few words
 * @param reason why, and what to do when something must be done; may be empty
 */
public record HomeStatus(Kind kind, String sentence, String reason) {

    /** The few situations that a person must be able to tell apart at a glance, and what the button then does. */
    public enum Kind {
        /** No address of a network is known yet. */
        NO_NETWORK(Action.START),
        STOPPED(Action.START),
        /** On the way to sharing; nothing is wrong. */
        PREPARING(Action.STOP),
        SHARING(Action.STOP),
        /** The network is out of reach; it is tried again without anybody doing something. */
        OFFLINE(Action.STOP),
        /** The engine went down and comes back by itself. */
        RECOVERING(Action.STOP),
        /** Somebody must do something first. */
        FAILED(Action.TRY_AGAIN),
        /** Running answers are being ended. */
        STOPPING(Action.NONE);

        private final Action action;

        Kind(Action action) {
            this.action = action;
        }

        public Action action() {
            return action;
        }
    }

    /** What the big button does. */
    public enum Action {
        START,
        STOP,
        TRY_AGAIN,
        NONE
    }
}
