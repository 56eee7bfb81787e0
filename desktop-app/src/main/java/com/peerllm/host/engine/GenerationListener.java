package com.peerllm.host.engine;

import com.peerllm.shared.wire.AnswerChunk;

/**
 * Hears one answer as it is made: at most one {@code started}, any number of {@code tokens}, then exactly one of {@code
 * finished} and {@code failed}, always.
 */
public non-sealed interface GenerationListener extends JobListener {

    /**
     * The prompt is read and has its slot.
     *
     * @param promptTokens length of the rendered prompt in tokens, without what was already delivered
     * @param cachedTokens how many of them did not have to be computed again
     */
    void started(int promptTokens, int cachedTokens);

    /**
     * More of the answer.
     *
     * @param ids the tokens sampled since the last call; empty only for text that was held back to the very end
     * @param chunk what can be shown now: whole characters, possibly none while a character or a possible stop string is
     *     incomplete. What is known after a number of ids depends on those ids and the request only
     */
    void tokens(int[] ids, AnswerChunk chunk);
}
