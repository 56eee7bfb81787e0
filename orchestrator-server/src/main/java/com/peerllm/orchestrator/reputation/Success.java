package com.peerllm.orchestrator.reputation;

/**
 * What was measured of an answer that a host finished, by the orchestrator's own clock and count.
 *
 * @param promptTokens that it computed, those out of its cache not counted
 * @param tokens that were relayed
 * @param firstTokenMillis from the offer to the first token; 0 when no token came
 * @param tokensPerSecond after the first token; 0 when there were too few to tell
 */
public record Success(int promptTokens, int tokens, double firstTokenMillis, double tokensPerSecond) {}
