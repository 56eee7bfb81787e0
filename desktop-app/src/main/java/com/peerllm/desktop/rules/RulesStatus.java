package com.peerllm.desktop.rules;

import java.util.Optional;

/**
 * What the rules mean at this moment.
 *
 * @param sentence in one line
 * @param detail more of it, where there is more
 * @param decided whether the person decided over the rules, which can be taken back
 */
public record RulesStatus(Kind kind, String sentence, Optional<String> detail, boolean decided) {

    /** How it looks. */
    public enum Kind {
        MAY_SHARE,
        PAUSED
    }
}
