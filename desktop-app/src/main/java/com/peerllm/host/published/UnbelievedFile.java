package com.peerllm.host.published;

/** A published file that is not believed; the message completes a sentence such as "The catalogue is not used: ...". */
public final class UnbelievedFile extends RuntimeException {
    UnbelievedFile(String what) {
        this(what, null);
    }

    UnbelievedFile(String what, Throwable cause) {
        super(what, cause);
    }
}
