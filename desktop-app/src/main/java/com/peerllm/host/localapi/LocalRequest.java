package com.peerllm.host.localapi;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param headers by their names in small letters
 * @param keepAlive whether the program sends more on the same connection
 */
record LocalRequest(String method, String path, Map<String, String> headers, byte[] body, boolean keepAlive) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Nothing of the prompt. */
    @Override
    public String toString() {
        return "LocalRequest[" + method + ", " + body.length + " bytes]";
    }
}
