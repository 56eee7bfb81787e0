package com.peerllm.endtoend.process;

/** A program of the network did not do what was asked of it; the message is a sentence, with what the program said. */
public final class ProgramException extends RuntimeException {
    public ProgramException(String message) {
        super(message);
    }

    public ProgramException(String message, Throwable cause) {
        super(message, cause);
    }
}
