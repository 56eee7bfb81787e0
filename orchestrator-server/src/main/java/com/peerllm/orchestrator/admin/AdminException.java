package com.peerllm.orchestrator.admin;

/** An administration command that cannot be carried out; the message is a sentence for the administrator. */
public final class AdminException extends RuntimeException {

    /** Why. */
    public enum Kind {
        /** The command makes no sense as it is. */
        INVALID,
        /** What it names does not exist. */
        NOT_FOUND,
        /** It contradicts something that was done before. */
        CONFLICT,
        /** The ledger or the orchestrator cannot do it now. */
        UNAVAILABLE
    }

    private final Kind kind;

    public AdminException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
