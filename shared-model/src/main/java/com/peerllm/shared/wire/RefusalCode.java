package com.peerllm.shared.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an orchestrator ends a host's connection, and so whether the host should come back by itself. */
public enum RefusalCode {
    /** The host's program is too old. */
    @JsonProperty("update_needed")
    UPDATE_NEEDED(false),
    /** The signature does not fit the key and the nonce. */
    @JsonProperty("bad_signature")
    BAD_SIGNATURE(false),
    /** The host's clock is too far off for its promises to mean anything. */
    @JsonProperty("clock_skew")
    CLOCK_SKEW(true),
    /** The same identity connected again; the newer connection stays. */
    @JsonProperty("replaced")
    REPLACED(false),
    /** A message that breaks the protocol. */
    @JsonProperty("protocol_error")
    PROTOCOL_ERROR(true),
    /** The host is not allowed on this network. */
    @JsonProperty("not_admitted")
    NOT_ADMITTED(false),
    /** The orchestrator has as many hosts as it can hold. */
    @JsonProperty("full")
    FULL(true),
    /** A code of a newer protocol. */
    @JsonEnumDefaultValue
    @JsonProperty("other")
    OTHER(true);

    private final boolean retry;

    RefusalCode(boolean retry) {
        this.retry = retry;
    }

    /** True when connecting again later may succeed without anybody doing something. */
    public boolean worthRetrying() {
        return retry;
    }
}
