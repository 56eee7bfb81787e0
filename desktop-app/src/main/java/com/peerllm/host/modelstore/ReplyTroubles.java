package com.peerllm.host.modelstore;

/** The sentence for each HTTP status with which a download does not go on. */
final class ReplyTroubles {
    private static final int CLIENT_ERRORS = 400;
    private static final int SERVER_ERRORS = 500;

    private ReplyTroubles() {}

    static FetchTrouble of(HttpReply reply) {
        int status = reply.status();
        return switch (status) {
            case 401, 403 ->
                FetchTrouble.person("The source does not give this file to everybody (HTTP " + status
                        + "). Sign in or accept its licence in a browser, download it there and import the file.");
            case 404, 410 ->
                FetchTrouble.person("The file is not at its source any more (HTTP " + status
                        + "). Cancel it and look for its new place.");
            case 429 ->
                FetchTrouble.again("The source wants fewer requests from this address (HTTP 429).", reply.retryAfter());
            case 503 -> FetchTrouble.again("The source is busy (HTTP 503).", reply.retryAfter());
            default -> unusual(reply);
        };
    }

    private static FetchTrouble unusual(HttpReply reply) {
        int status = reply.status();
        if (status >= SERVER_ERRORS)
            return FetchTrouble.again("The source has trouble (HTTP " + status + ").", reply.retryAfter());
        if (status == 408) return FetchTrouble.again("The source waited too long for the request (HTTP 408).");
        if (status >= CLIENT_ERRORS)
            return FetchTrouble.person(
                    "The source refuses the request (HTTP " + status + "). Check the address, or try another source.");
        return FetchTrouble.person("The source answers in an unusual way (HTTP " + status
                + "), perhaps with a redirect to an address without encryption. Try another source.");
    }
}
