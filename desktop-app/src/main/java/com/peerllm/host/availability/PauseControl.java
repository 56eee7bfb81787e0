package com.peerllm.host.availability;

import java.time.Instant;
import java.util.Optional;

/** What a person decides for a while over the rules. The last decision counts. */
public interface PauseControl {

    /** Shares whatever the rules say, until then. */
    void shareAnywayUntil(Instant end);

    /** Shares nothing, until then or until {@link #followRules}. */
    void pauseUntil(Optional<Instant> end);

    /** Ends a pause or an override: the rules decide again. */
    void followRules();
}
