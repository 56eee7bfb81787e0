package com.peerllm.orchestrator.clients;

/** A call of a client library failed: the library's own class of error, and what it read from the answer. */
public final class ClientFailure extends RuntimeException {
    private final String type;
    private final int status;
    private final String code;

    /**
     * @param type name of the library's class
     * @param status of HTTP; 0 when the library does not tell
     * @param code the endpoint's own; empty when the library does not tell
     */
    public ClientFailure(String type, int status, String code, String message, Throwable cause) {
        super(type + " " + status + " " + code + ": " + message, cause);
        this.type = type;
        this.status = status;
        this.code = code;
    }

    public String type() {
        return type;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
