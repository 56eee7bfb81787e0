package com.peerllm.orchestrator.reputation;

/**
 * How a host failed a job that it had taken on. What is no fault of the host (a consumer that leaves, a request that nobody
 * can carry out, no room) is not here.
 */
public enum Fault {
    /** Its connection was lost while it worked. */
    CONNECTION_LOST("its connection was lost", false),
    /** It said itself that its engine was lost, or that something inside it failed. */
    ENGINE_FAILED("its engine failed", false),
    /** No token came in time. */
    FIRST_TOKEN_LATE("its first token did not come in time", false),
    /** Tokens came, and then no more. */
    STALLED("its tokens stopped coming", false),
    /** The arguments of a call are no JSON. */
    BAD_ARGUMENTS("it made a call whose arguments are no JSON", false),
    /** Tokens that cannot be: an id outside the vocabulary, a gap or a repetition, text without a token, too many. */
    IMPOSSIBLE_TOKENS("it sent tokens that cannot follow the ones before", true),
    /** It sent token after token that added nothing to the answer. */
    SAID_NOTHING("its tokens said nothing for too long", false),
    /** It claimed more prompt tokens than the prompt can have. */
    OVERCLAIMED_PROMPT("it counted more prompt tokens than the prompt can have", true),
    /** It claimed to be done with more than it delivered. */
    NOTHING_DELIVERED("it finished without delivering what it said", true),
    /** It signed another delivery than was relayed. */
    FALSE_SIGNATURE("it signed another delivery than was relayed", true),
    /** Another host found that its token ids are not its text, or that its prompt has another number of tokens. */
    AUDIT_FAILED("another host could not confirm its tokens", true);

    private final String sentence;
    private final boolean dishonest;

    Fault(String sentence, boolean dishonest) {
        this.sentence = sentence;
        this.dishonest = dishonest;
    }

    /** Goes after "the host failed: ". */
    public String sentence() {
        return sentence;
    }

    /** True when no program that keeps to the protocol does it; counts against the honesty, not only the success. */
    public boolean isDishonest() {
        return dishonest;
    }
}
