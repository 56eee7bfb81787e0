package com.peerllm.shared.wire;

/** A frame that is not part of the protocol. Its message never repeats the frame's content. */
public final class WireException extends RuntimeException {
    public WireException(String message) {
        super(message);
    }
}
