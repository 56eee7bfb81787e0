package com.peerllm.orchestrator.ledger;

/** The ledger refuses; the message is a sentence that says what happened and, where something can be done, what. */
public final class LedgerException extends RuntimeException {

    /** Why. */
    public enum Code {
        /** The job has no open hold: none was made, it was released, or it timed out. */
        NO_HOLD,
        /** The hold belongs to another consumer. */
        OTHER_CONSUMER,
        /** The same id was used before with other content. */
        OTHER_CONTENT,
        /** An account has no room for this amount, or the account's kind does not allow it. */
        NOT_ALLOWED,
        /** The ledger cannot write, or is closing. */
        UNAVAILABLE,
        /** The tables contradict each other: a person has to look. */
        DAMAGED
    }

    private final Code code;

    public LedgerException(Code code, String sentence) {
        super(sentence);
        this.code = code;
    }

    public LedgerException(Code code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
