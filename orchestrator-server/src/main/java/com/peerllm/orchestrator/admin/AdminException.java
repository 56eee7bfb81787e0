package com.peerllm.orchestrator.admin;

/** An administration command that cannot be carried out; the message is a sentence for the administrator. */
public final class AdminException extends RuntimeException {
    public AdminException(String message) {
        super(message);
    }
}
