package com.peerllm.host.update;

/** A manifest that is not taken; the message completes the sentence "The list of versions is not taken: ...". */
public final class InvalidRelease extends RuntimeException {
    InvalidRelease(String what) {
        this(what, null);
    }

    InvalidRelease(String what, Throwable cause) {
        super(what, cause);
    }
}
