package com.peerllm.shared.transparency;

import java.io.IOException;

/**
 * A tile, note, leaf or proof that is not what it claims to be. The message is a sentence that says what is wrong with it; it
 * never repeats more of the content than a name or a number.
 */
public final class InvalidLogData extends IOException {
    public InvalidLogData(String message) {
        super(message);
    }

    public InvalidLogData(String message, Throwable cause) {
        super(message, cause);
    }
}
