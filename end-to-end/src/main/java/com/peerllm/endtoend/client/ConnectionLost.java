package com.peerllm.endtoend.client;

import java.io.IOException;

/** The connection to the orchestrator broke, or never came about. */
public final class ConnectionLost extends RuntimeException {
    ConnectionLost(IOException cause) {
        super("The connection to the orchestrator was lost: " + cause.getMessage(), cause);
    }
}
