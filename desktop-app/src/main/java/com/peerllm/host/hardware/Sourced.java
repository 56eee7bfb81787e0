package com.peerllm.host.hardware;

/**
 * A figure and where it comes from, so that a person who doubts it knows whom to ask.
 *
 * @param source such as {@code OSHI} or {@code llama.cpp}
 */
public record Sourced<T>(T value, String source) {}
