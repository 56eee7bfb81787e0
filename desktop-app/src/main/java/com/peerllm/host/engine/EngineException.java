package com.peerllm.host.engine;

/** An engine error as an exception, for the calls that return a value; it carries the code and the sentence. */
public final class EngineException extends RuntimeException {
    private final transient EngineFailure failure;

    public EngineException(EngineErrorCode code, String sentence) {
        this(new EngineFailure(code, sentence));
    }

    public EngineException(EngineFailure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    public EngineException(EngineErrorCode code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.failure = new EngineFailure(code, sentence);
    }

    public EngineFailure failure() {
        return failure;
    }
}
