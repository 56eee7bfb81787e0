package com.peerllm.host.modelstore;

import java.util.OptionalLong;

/** How far an attempt has come; written by its thread, read by any. */
final class ReceivedBytes {
    private volatile long bytes;
    private volatile OptionalLong total = OptionalLong.empty();

    void at(long received) {
        bytes = received;
    }

    void of(OptionalLong whole) {
        total = whole;
    }

    long bytes() {
        return bytes;
    }

    OptionalLong total() {
        return total;
    }
}
