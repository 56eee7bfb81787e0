package com.peerllm.orchestrator.transparency;

import java.time.Duration;
import java.util.Optional;

/**
 * How the publishing of the log goes.
 *
 * @param size leaves of the published log
 * @param leaves leaves that the ledger has written
 * @param behind how long the oldest leaf that is not published has waited; zero when all are
 * @param trouble why publishing does not go on, one sentence; empty while it does
 * @param stopped whether that lasts until somebody mends it and starts the orchestrator again
 */
public record LogStatus(long size, long leaves, Duration behind, Optional<String> trouble, boolean stopped) {}
