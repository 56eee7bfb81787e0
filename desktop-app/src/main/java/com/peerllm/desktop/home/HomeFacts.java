package com.peerllm.desktop.home;

import com.peerllm.host.availability.Availability;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.session.SessionState;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that decides what Home says, at one moment.
 *
 * @param network whether the address of a network is known
 * @param wanted whether the person wants to share
 * @param switching what the person asked for and is not done yet
 * @param trouble the sentence with which the last start or stop failed
 */
record HomeFacts(
        boolean network,
        boolean wanted,
        Availability availability,
        SessionState session,
        EngineState engine,
        int answersRunning,
        Switching switching,
        Optional<String> trouble,
        Instant now) {

    /** A start or a stop on its way. */
    enum Switching {
        NO,
        ON,
        OFF
    }
}
