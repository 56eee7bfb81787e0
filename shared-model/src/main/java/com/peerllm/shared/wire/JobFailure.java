package com.peerllm.shared.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a host did not finish a job, and so whether another host should try. */
public enum JobFailure {
    /** The host has no free slot. */
    @JsonProperty("busy")
    BUSY(true, false),
    /** The host does not have this model now. */
    @JsonProperty("model_not_loaded")
    MODEL_NOT_LOADED(true, false),
    /** The engine process ended; it restarts by itself. */
    @JsonProperty("engine_lost")
    ENGINE_LOST(true, true),
    /** The owner of the computer wants it back. */
    @JsonProperty("host_paused")
    HOST_PAUSED(true, false),
    /** Prompt and answer do not fit in the host's context. */
    @JsonProperty("context_exceeded")
    CONTEXT_EXCEEDED(false, false),
    /** The conversation cannot be rendered with the model's chat template. */
    @JsonProperty("template_refused")
    TEMPLATE_REFUSED(false, false),
    /** The request cannot be carried out as it is, here or elsewhere: a number out of range, a token id that cannot be. */
    @JsonProperty("bad_request")
    BAD_REQUEST(false, false),
    /** The orchestrator cancelled it. */
    @JsonProperty("cancelled")
    CANCELLED(false, false),
    /** Anything else. */
    @JsonEnumDefaultValue
    @JsonProperty("internal")
    INTERNAL(true, true);

    private final boolean elsewhere;
    private final boolean fault;

    JobFailure(boolean elsewhere, boolean fault) {
        this.elsewhere = elsewhere;
        this.fault = fault;
    }

    /** True when another host may well succeed. */
    public boolean worthTryingElsewhere() {
        return elsewhere;
    }

    /** True when it counts against the host's reliability. */
    public boolean isHostFault() {
        return fault;
    }
}
