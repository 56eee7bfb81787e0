package com.peerllm.host.engine.format;

/** Tools that cannot be called as the request asks; the message says why and holds nothing of the request. */
public final class UnusableTools extends RuntimeException {
    public UnusableTools(String message) {
        super(message);
    }
}
