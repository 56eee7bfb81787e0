package com.peerllm.orchestrator.api;

import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import java.time.Duration;
import java.util.Optional;

/** The header by which a consumer says how long it would wait for a host: {@code x-peerllm-max-wait-ms}. */
final class MaxWait {
    private static final String HEADER = "x-peerllm-max-wait-ms";
    private static final int MOST_DIGITS = 9;

    private MaxWait() {}

    /** @throws InvalidRequest when it is no whole number of milliseconds */
    static Optional<Duration> of(Exchange exchange) {
        String said = exchange.request.getHeader(HEADER);
        if (said == null) return Optional.empty();
        boolean digits = !said.isEmpty()
                && said.length() <= MOST_DIGITS
                && said.chars().allMatch(each -> each >= '0' && each <= '9');
        if (!digits) {
            throw new InvalidRequest(ApiError.badRequest(
                    "invalid_value", HEADER, "The header '" + HEADER + "' is a whole number of milliseconds."));
        }
        return Optional.of(Duration.ofMillis(Integer.parseInt(said)));
    }
}
