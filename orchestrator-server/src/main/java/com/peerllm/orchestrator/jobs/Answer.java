package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.AnswerPiece;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.FinishReason;
import com.peerllm.shared.openai.Usage;
import java.time.Duration;
import java.util.List;

/**
 * Where a job's answer goes: the consumer's response, with one or several choices. Called on the event loop; {@link #text}
 * is the token path.
 *
 * <p>Either {@link #fail} alone, or {@link #text} and {@link #pieces} any number of times, {@link #ended} for every choice
 * but the last one to end, and then one of {@link #finish} and {@link #fail}.
 */
public interface Answer {
    /** So much was set aside, and no more can be charged. Before anything else, once, unless the request is refused. */
    default void held(Credits atMost) {}

    /** It waits for a host, as number so and so of so many; told every few seconds, before anything else. */
    default void waits(int position, int of) {}

    /** A host begins; how long that took. Before anything but {@link #waits}. */
    default void begins(Duration waited) {}

    /** More of a choice's text: whole UTF-8 characters, never empty. */
    void text(int choice, byte[] utf8);

    /** More of a choice, from one frame, never empty; at most one of the pieces is log probabilities. */
    void pieces(int choice, List<AnswerPiece> pieces);

    /** This choice is complete, and others are not. */
    void ended(int choice, FinishReason reason);

    /** This choice is complete, and the answer with it. */
    void finish(int choice, FinishReason reason, Summary summary);

    /** Whether the consumer has each text as it comes; otherwise it has nothing until the answer is finished, and pays nothing. */
    boolean isPiecewise();

    /** The job ended without a whole answer. */
    void fail(ApiError error);

    /** The job is over, however it ended, and so many tokens are charged, prompt and completion. Comes last, once. */
    default void over(long paidTokens) {}

    /**
     * What was delivered and what it costs, all choices together.
     *
     * @param parts in order of their hosts' first tokens
     */
    record Summary(Usage usage, List<Part> parts) {}

    /**
     * What one host delivered.
     *
     * @param host its pseudonym
     * @param price of a million tokens, as agreed with this host
     * @param charged what this part costs
     */
    record Part(String host, int promptTokens, int completionTokens, TokenPrice price, Credits charged) {}
}
