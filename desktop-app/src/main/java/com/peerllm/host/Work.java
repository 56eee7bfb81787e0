package com.peerllm.host;

/**
 * What this computer has done for the network since the program started.
 *
 * @param answersRunning now
 * @param promptTokens tokens in
 * @param completionTokens tokens out
 */
public record Work(int answersRunning, long promptTokens, long completionTokens) {
    public static final Work NONE = new Work(0, 0, 0);
}
