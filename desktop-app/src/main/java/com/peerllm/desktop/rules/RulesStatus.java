package com.peerllm.desktop.rules;

/**
 * What the rules mean at this moment.
 *
 * @param sentence in one line
 * @param detail more of it, or empty
 * @param decided whether the person decided over the rules, which can be taken back
 */
public record RulesStatus(Kind kind, String sentence, String detail, boolean decided) {

    /** How it looks. */
    public enum Kind {
        MAY_SHARE,
        PAUSED
    }
}
