package com.peerllm.shared.transparency;

import java.util.Optional;

/**
 * Whether a proof holds.
 *
 * @param fault what is wrong, one sentence; empty when the proof holds
 */
public record Verdict(Optional<String> fault) {
    public static final Verdict HOLDS = new Verdict(Optional.empty());

    public static Verdict fails(String fault) {
        return new Verdict(Optional.of(fault));
    }

    public boolean holds() {
        return fault.isEmpty();
    }
}
