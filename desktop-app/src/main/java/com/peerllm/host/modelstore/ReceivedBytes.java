package com.peerllm.host.modelstore;

import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** How far an attempt has come; written by its thread, read by any. */
final class ReceivedBytes {
    private volatile long bytes;
    private volatile LongConsumer listener = received -> {};
    private volatile OptionalLong total = OptionalLong.empty();

    void at(long received) {
        bytes = received;
        listener.accept(received);
    }

    /** From now on this is told each step, on the thread that receives. */
    void tell(LongConsumer each) {
        listener = each;
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
