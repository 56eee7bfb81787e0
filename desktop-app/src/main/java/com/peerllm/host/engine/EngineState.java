package com.peerllm.host.engine;

/** What the engine is doing now, as the session, the screens and the command line see it. */
public sealed interface EngineState {

    /** The worker process is starting or the model is loading for the first time. */
    record Starting() implements EngineState {}

    /** The model is loaded and answers; freshly read facts come with it. */
    record Ready(ModelFacts model) implements EngineState {}

    /** The worker ended unexpectedly and is being started again; {@code attempt} counts from 1. */
    record Restarting(String reason, int attempt) implements EngineState {}

    /** The engine gave up; the sentence says why and what to do. {@link Engine#start} tries once more. */
    record Failed(EngineErrorCode code, String sentence) implements EngineState {}

    /** Not started yet, or closed. */
    record Stopped() implements EngineState {}
}
