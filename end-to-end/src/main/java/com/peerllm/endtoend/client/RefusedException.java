package com.peerllm.endtoend.client;

/** The network did not take a request; the message is its own sentence. */
public final class RefusedException extends RuntimeException {
    private final transient HttpAnswer answer;

    RefusedException(HttpAnswer answer) {
        super(
                answer.errorMessage().isEmpty()
                        ? "HTTP status " + answer.status()
                        : answer.errorMessage() + " (" + answer.status() + " " + answer.errorCode() + ")");
        this.answer = answer;
    }

    public HttpAnswer answer() {
        return answer;
    }
}
