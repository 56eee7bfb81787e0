package com.peerllm.orchestrator.telemetry;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The end of logging: lines are written by a thread of their own, which gets the time to write the last ones. */
public final class Logs {
    private Logs() {}

    /** Writes what is waiting. Nothing is logged after it. */
    public static void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) context.stop();
    }
}
