package com.peerllm.host.catalog;

/** A catalogue that is not used; the message completes the sentence "The catalogue is not used: ...". */
public final class InvalidCatalog extends RuntimeException {
    InvalidCatalog(String what) {
        this(what, null);
    }

    InvalidCatalog(String what, Throwable cause) {
        super(what, cause);
    }
}
