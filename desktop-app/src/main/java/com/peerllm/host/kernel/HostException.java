package com.peerllm.host.kernel;

import java.util.Objects;

/**
 * Something that the host cannot do, as a sentence that says what happened and what to do, without a stack trace for the
 * person who reads it and never with a word of a prompt.
 */
public final class HostException extends RuntimeException {
    private final Problem problem;

    public HostException(Problem problem, String sentence) {
        this(problem, sentence, null);
    }

    public HostException(Problem problem, String sentence, Throwable cause) {
        super(sentence, cause);
        this.problem = Objects.requireNonNull(problem);
    }

    public Problem problem() {
        return problem;
    }

    public String sentence() {
        return getMessage();
    }
}
