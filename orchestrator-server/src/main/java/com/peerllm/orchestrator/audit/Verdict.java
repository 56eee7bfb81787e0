package com.peerllm.orchestrator.audit;

/** What becomes of a part's pay. */
public sealed interface Verdict {

    /**
     * It is paid.
     *
     * @param promptTokens with so many prompt tokens at most
     */
    record Stands(int promptTokens) implements Verdict {}

    /** It is not paid: two other hosts with the same model agree that it is not what it claims to be. */
    record Refuted() implements Verdict {}
}
