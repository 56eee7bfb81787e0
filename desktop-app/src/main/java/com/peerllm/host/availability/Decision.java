package com.peerllm.host.availability;

import java.time.Instant;
import java.util.Optional;

/** What the person decided over the rules. */
public sealed interface Decision {

    /** Nothing: the rules decide. */
    record FollowRules() implements Decision {}

    /** To share whatever the rules say. */
    record ShareAnyway(Instant end) implements Decision {}

    /** To share nothing; {@code end} is empty when only the person ends it. */
    record Pause(Optional<Instant> end) implements Decision {}

    /** When the rules decide again by themselves. */
    default Optional<Instant> endsAt() {
        return switch (this) {
            case FollowRules _ -> Optional.empty();
            case ShareAnyway(Instant end) -> Optional.of(end);
            case Pause(Optional<Instant> end) -> end;
        };
    }

    /** This decision while it holds, the rules from its end on. */
    default Decision at(Instant now) {
        return endsAt().filter(end -> !now.isBefore(end)).isPresent() ? new FollowRules() : this;
    }
}
