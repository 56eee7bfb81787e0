package com.peerllm.shared.openai;

/** A request that cannot be served as it stands; carries the error that its sender gets. */
public final class InvalidRequest extends RuntimeException {
    private final transient ApiError error;

    public InvalidRequest(ApiError error) {
        super(error.code(), null, false, false);
        this.error = error;
    }

    public ApiError error() {
        return error;
    }
}
