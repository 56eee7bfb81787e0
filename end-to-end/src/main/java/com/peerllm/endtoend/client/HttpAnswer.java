package com.peerllm.endtoend.client;

import java.util.Optional;
import okhttp3.Headers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP response that was read whole. */
public record HttpAnswer(int status, Headers headers, String body) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** {@code error.code}, or an empty string when this is no error. */
    public String errorCode() {
        return json().path("error").path("code").asString("");
    }

    public String errorMessage() {
        return json().path("error").path("message").asString("");
    }

    /** The request field at fault, when the error names one. */
    public Optional<String> errorParam() {
        return json().path("error").path("param").asStringOpt();
    }

    /** Leaves the body out: it may be an answer. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + (status >= 400 ? " " + errorCode() + ": " + errorMessage() : "") + "]";
    }
}
