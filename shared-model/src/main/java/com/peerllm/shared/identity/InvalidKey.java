package com.peerllm.shared.identity;

/** A key that cannot be used: wrong length, wrong form or not on the curve. */
public final class InvalidKey extends IllegalArgumentException {
    public InvalidKey(String message) {
        super(message);
    }

    public InvalidKey(String message, Throwable cause) {
        super(message, cause);
    }
}
