package com.peerllm.host.session;

import java.time.Instant;
import java.util.Optional;

/** The host's link to its orchestrator, as screens and the command line show it. */
public sealed interface SessionState {

    /**
     * No connection now.
     *
     * @param reason one sentence
     * @param nextAttempt when it is tried again; absent when nobody asked for a connection
     */
    record Offline(String reason, Optional<Instant> nextAttempt) implements SessionState {}

    /** Dialling, or in the handshake. */
    record Connecting(OrchestratorAddress address) implements SessionState {}

    /**
     * In the orchestrator's registry.
     *
     * @param orchestrator its name
     * @param lastConfirmed when it last confirmed a heartbeat
     * @param routed whether it says that it sends jobs here
     */
    record Connected(String orchestrator, Instant since, Instant lastConfirmed, boolean routed)
            implements SessionState {}

    /**
     * The host does not try again by itself: somebody must do something first.
     *
     * @param code what a person can look up, such as {@code update_needed}
     * @param message what happened and what to do
     */
    record Refused(String code, String message) implements SessionState {
        private static final String UPDATE_NEEDED = "update_needed";

        /** Whether a newer version of the program would be taken. */
        public boolean isForOldProgram() {
            return code.equals(UPDATE_NEEDED);
        }
    }

    /** No new jobs are taken; the link ends when the running ones have. */
    record Draining(String reason) implements SessionState {}
}
