package com.peerllm.orchestrator.payouts;

/** A payout that cannot be made as it was asked for; the message is a sentence for who asked. */
public final class PayoutException extends RuntimeException {

    /** Why. */
    public enum Kind {
        INVALID,
        NOT_FOUND,
        /** It contradicts something that was done before. */
        CONFLICT,
        /** The ledger or the disk does not take it now; the same again later goes on where this stopped. */
        UNAVAILABLE
    }

    private final Kind kind;

    PayoutException(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    PayoutException(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
