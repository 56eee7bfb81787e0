package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.Usage;
import java.util.List;

/**
 * Where a job's answer goes: the consumer's response. Called on the event loop; {@link #text} is the token path.
 *
 * <p>Either {@link #fail} alone, or {@link #text} any number of times and then one of {@link #finish} and {@link #fail}.
 */
public interface Answer {
    /** More of the answer: whole UTF-8 characters, never empty. */
    void text(byte[] utf8);

    void finish(Finish finish);

    /** Whether the consumer has each text as it comes; otherwise it has nothing until the answer is finished, and pays nothing. */
    boolean isPiecewise();

    /** The job ended without a whole answer. */
    void fail(ApiError error, Finish delivered);

    /**
     * What was delivered and what it costs.
     *
     * @param reason {@code stop} or {@code length}
     * @param hosts pseudonyms of the hosts that answered, in order; more than one when the answer was continued elsewhere
     */
    record Finish(String reason, Usage usage, List<String> hosts, Credits charged) {
        static final Finish NOTHING = new Finish("stop", Usage.of(0, 0, 0, 0), List.of(), Credits.ZERO);
    }
}
