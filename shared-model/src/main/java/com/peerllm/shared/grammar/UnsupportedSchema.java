package com.peerllm.shared.grammar;

/**
 * A JSON schema that answers cannot be held to exactly: what stands in the way and where.
 *
 * <p>The place is a JSON pointer into the schema and so holds names of its properties: it is for the one who sent the schema,
 * and not for a log. Nothing else of the schema is repeated.
 */
public final class UnsupportedSchema extends RuntimeException {
    private final String reason;
    private final String pointer;

    /** @param reason a sentence without its full stop that holds nothing of the schema but names of keywords */
    UnsupportedSchema(String reason, String pointer) {
        super(reason + " (at " + (pointer.isEmpty() ? "the top" : pointer) + ").");
        this.reason = reason;
        this.pointer = pointer;
    }

    /** What stands in the way; fit for a log. */
    public String reason() {
        return reason;
    }

    /** Where, as a JSON pointer into the schema (RFC 6901). */
    public String pointer() {
        return pointer;
    }
}
