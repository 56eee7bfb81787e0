package com.peerllm.orchestrator.reputation;

import com.peerllm.shared.reputation.Evidence.Meaning;
import java.util.Locale;

/**
 * How a host failed a job that it had taken on. What is no fault of the host (a consumer that leaves, a request that nobody
 * can carry out, no room) is not here.
 */
public enum Fault {
    /** Its connection was lost while it worked. */
    CONNECTION_LOST("its connection was lost", Meaning.UNRELIABLE),
    /** It said itself that its engine was lost, or that something inside it failed. */
    ENGINE_FAILED("its engine failed", Meaning.UNRELIABLE),
    /** No token came in time. */
    FIRST_TOKEN_LATE("its first token did not come in time", Meaning.UNRELIABLE),
    /** Tokens came, and then no more. */
    STALLED("its tokens stopped coming", Meaning.UNRELIABLE),
    /** The arguments of a call are no JSON. */
    BAD_ARGUMENTS("it made a call whose arguments are no JSON", Meaning.UNRELIABLE),
    /** Tokens that cannot be: an id outside the vocabulary, a gap or a repetition, text without a token, too many. */
    IMPOSSIBLE_TOKENS("it sent tokens that cannot follow the ones before", Meaning.DISHONEST),
    /** It sent token after token that added nothing to the answer. */
    SAID_NOTHING("its tokens said nothing for too long", Meaning.UNRELIABLE),
    /** It claimed more prompt tokens than the prompt can have. */
    OVERCLAIMED_PROMPT("it counted more prompt tokens than the prompt can have", Meaning.DOUBTFUL),
    /** It claimed to be done with more than it delivered. */
    NOTHING_DELIVERED("it finished without delivering what it said", Meaning.DOUBTFUL),
    /** It signed another delivery than was relayed. */
    FALSE_SIGNATURE("it signed another delivery than was relayed", Meaning.DISHONEST),
    /** Another host found that its token ids are not its text, or that its prompt has another number of tokens. */
    AUDIT_FAILED("another host could not confirm its tokens", Meaning.DOUBTFUL);

    private final String sentence;
    private final Meaning meaning;

    Fault(String sentence, Meaning meaning) {
        this.sentence = sentence;
        this.meaning = meaning;
    }

    /** Goes after "the host failed: ". */
    public String sentence() {
        return sentence;
    }

    /** What it says of a host: how the honesty counts it. */
    public Meaning meaning() {
        return meaning;
    }

    /** True when it counts against the honesty, not only the success. */
    public boolean isDishonest() {
        return meaning != Meaning.UNRELIABLE;
    }

    /** True when the machine or its connection failed, not what was computed; opens the {@link Breaker}. */
    public boolean isOfInfrastructure() {
        return switch (this) {
            case CONNECTION_LOST, ENGINE_FAILED, FIRST_TOKEN_LATE, STALLED -> true;
            default -> false;
        };
    }

    /** As evidence names it. */
    public String evidenceName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
