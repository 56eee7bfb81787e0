package com.peerllm.host.answering;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.session.OrchestratorAddress;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says in one sentence for people why the network gives no answer, and what to do. */
final class NetworkTroubles {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_SHOWN = 400;

    private NetworkTroubles() {}

    static HostException noKey() {
        return failed(
                "There is no API key of the network on this computer. Set one in the settings, or with"
                        + " `peerllm host key set`.",
                null);
    }

    /** @param at that did not answer, or stopped to */
    static HostException unreachable(OrchestratorAddress at, IOException why) {
        return failed("Nothing answers at " + at + ". Check the address and this computer's connection.", why);
    }

    static HostException noOrchestrator(OrchestratorAddress at) {
        return failed("What answers at " + at + " is no orchestrator that sells answers. Check the address.", null);
    }

    static HostException cutOff() {
        return failed("The connection to the network ended before the answer did. Ask again.", null);
    }

    /** Reads the error that came instead of an answer. */
    static HostException refused(Response response) throws IOException {
        JsonNode error = error(response.peekBody(MOST_BYTES).bytes());
        return failed(sentence(response.code(), error, retryAfter(response)), null);
    }

    /** The error that ended an answer which had begun. */
    static HostException refused(JsonNode event) {
        return failed(sentence(503, event.path("error"), Optional.empty()), null);
    }

    private static String sentence(int status, JsonNode error, Optional<Long> retrySeconds) {
        String told = error.path("message").asString("");
        String shown = told.length() > MOST_SHOWN ? told.substring(0, MOST_SHOWN) + "…" : told;
        String more = shown.isEmpty() ? "" : " It says: " + shown;
        return switch (status) {
            case 401 ->
                "The network does not accept this computer's API key. Set a valid one in the settings, or with"
                        + " `peerllm host key set`.";
            case 402 -> "The account does not cover this answer." + more;
            case 403 -> "The API key may not do this." + more;
            case 404 -> "The network does not have this." + more;
            case 429 ->
                "The network takes no more from this API key now. Try again "
                        + retrySeconds.map(s -> "in " + s + " s.").orElse("later.");
            default ->
                status >= 500
                        ? "The network cannot answer now. Try again later." + more
                        : "The network refused the request (HTTP " + status + ")." + more;
        };
    }

    private static JsonNode error(byte[] body) {
        try {
            return JSON.readTree(body).path("error");
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static Optional<Long> retryAfter(Response response) {
        try {
            return Optional.ofNullable(response.header("retry-after")).map(Long::parseLong);
        } catch (NumberFormatException date) {
            return Optional.empty();
        }
    }

    private static HostException failed(String sentence, Exception cause) {
        return new HostException(Problem.ORCHESTRATOR, sentence, cause);
    }
}
