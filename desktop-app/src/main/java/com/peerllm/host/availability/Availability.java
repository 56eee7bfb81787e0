package com.peerllm.host.availability;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether this computer may work for others now; the one value that starts and stops sharing. */
public sealed interface Availability {

    /** It may. {@code overridden} until then whatever the rules say; empty while the rules themselves allow it. */
    record Available(Optional<Instant> overridden) implements Availability {
        public static final Available BY_RULES = new Available(Optional.empty());
    }

    /** It may not; at least one reason, the most important one first. */
    record Paused(List<PauseReason> reasons) implements Availability {
        public Paused {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) throw new IllegalArgumentException("A pause has a reason");
        }
    }
}
