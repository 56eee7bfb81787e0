package com.peerllm.host.engine;

import java.util.Locale;

/** What can go wrong in the engine, by name; a person can look the name up and a program can decide on it. */
public enum EngineErrorCode {
    /** The worker process ended while it was answering; the same request may be sent again. */
    ENGINE_LOST(true),
    /** The engine is starting, restarting or has failed; nothing was begun. */
    NOT_READY(true),
    /** Every slot is taken and the queue is full; nothing was begun. */
    BUSY(true),
    /** The engine was closed while it was answering, or before. */
    STOPPED(true),
    /** The prompt, with what was already delivered, does not fit a slot's context. */
    PROMPT_TOO_LONG(false),
    /** The request cannot be carried out as it is: unreadable messages, a token id outside the vocabulary, ... */
    BAD_REQUEST(false),
    /** llama.cpp refused to compute a step. */
    COMPUTE_FAILED(true),
    /** The engine's native libraries are not installed, or not for this computer. */
    NATIVES_MISSING(false),
    /** The native libraries are of a release whose memory layout this program does not know. */
    LAYOUT_MISMATCH(false),
    /** The model file does not exist or cannot be read. */
    MODEL_MISSING(false),
    /** The model file is damaged or of a kind that llama.cpp does not know. */
    MODEL_BROKEN(false),
    /** The model, its context and its buffers do not fit the memory that is free. */
    NOT_ENOUGH_MEMORY(false),
    /** The worker process could not be started, or ended before the model was loaded. */
    START_FAILED(false),
    /** The model computes so slowly here that measuring it did not come to an end. */
    TOO_SLOW(false),
    /** The worker crashed too often on this model; it is not started again until somebody says so. */
    QUARANTINED(false);

    private final boolean retryable;

    EngineErrorCode(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same request can succeed later or elsewhere without being changed. */
    public boolean retryable() {
        return retryable;
    }

    /** The name on the wire and in messages, such as {@code engine_lost}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
