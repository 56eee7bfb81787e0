package com.peerllm.host.engine;

/** One way to compute a model, and how fast it was. */
public record MeasuredTrial(Trial trial, Speed speed) {}
