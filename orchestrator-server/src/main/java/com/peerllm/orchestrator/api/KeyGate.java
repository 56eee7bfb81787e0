package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.ApiKey;
import com.peerllm.orchestrator.accounts.ApiKeys;
import com.peerllm.orchestrator.accounts.Authentication;
import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.accounts.FailedKeys;
import com.peerllm.orchestrator.accounts.RateLimits;
import com.peerllm.orchestrator.accounts.Scope;
import com.peerllm.orchestrator.telemetry.RequestMeter;
import com.peerllm.shared.openai.ApiError;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request in by its API key: is the key valid, may it do this, has it requests left? Who is turned away has the
 * error on its way already. Lives on the event loop.
 */
final class KeyGate {
    private static final Logger log = LoggerFactory.getLogger(KeyGate.class);
    private static final String BEARER = "Bearer ";

    private final ApiKeys keys;
    private final RateLimits limits;
    private final RequestMeter requests;
    private final FailedKeys failures;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock that never goes back */
    KeyGate(ApiKeys keys, RateLimits limits, RequestMeter requests, LongSupplier nanoTime) {
        this.keys = keys;
        this.limits = limits;
        this.requests = requests;
        this.failures = new FailedKeys(nanoTime.getAsLong());
        this.nanoTime = nanoTime;
    }

    /** Whose request this is; empty when it was turned away. */
    Optional<Caller> admit(Exchange exchange, Scope needed) {
        String header = exchange.request.getHeader("authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            exchange.error(invalid("This request has no API key. Send one as 'Authorization: Bearer KEY'."));
            return Optional.empty();
        }
        String bearer = header.substring(BEARER.length()).strip();
        long now = nanoTime.getAsLong();
        String address = exchange.request.remoteAddress().hostAddress();
        if (failures.isOver(address, now) && !keys.isIdKnown(bearer)) {
            failed(exchange, address, now, Authentication.Reason.UNKNOWN);
            return Optional.empty();
        }
        return switch (keys.authenticate(bearer)) {
            case Authentication.Accepted(ApiKey key) -> admit(exchange, key, needed);
            case Authentication.Refused(Authentication.Reason reason) -> {
                failed(exchange, address, now, reason);
                yield Optional.empty();
            }
        };
    }

    private Optional<Caller> admit(Exchange exchange, ApiKey key, Scope needed) {
        RateLimits.Ticket ticket = limits.ticket(key);
        Optional<Duration> wait = ticket.takeRequest();
        exchange.from(key.caller());
        exchange.admitted(ticket);
        if (wait.isPresent()) {
            int limit = ticket.requests().map(RateLimits.Gauge::limit).orElse(0);
            exchange.error(RateHeaders.refusal("requests", limit, wait.get()));
            return Optional.empty();
        }
        if (!key.may(needed)) {
            exchange.response.putHeader(
                    "www-authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + needed.word() + "\"");
            exchange.error(ApiError.of(
                    403,
                    "permission_error",
                    "insufficient_scope",
                    "This API key lacks the scope '" + needed.word() + "'. An administrator can add it."));
            return Optional.empty();
        }
        return Optional.of(key.caller());
    }

    private void failed(Exchange exchange, String address, long now, Authentication.Reason reason) {
        requests.keyRefused(reason.name().toLowerCase(Locale.ROOT));
        Optional<Duration> wait = failures.count(address, now);
        failures.report(now).ifPresent(count -> log.warn("{} requests came with keys that are not valid", count));
        if (wait.isPresent()) {
            exchange.error(ApiError.of(
                            429,
                            "requests",
                            "too_many_failed_keys",
                            "Too many keys that are not valid came from your address. Check the key, then try again.")
                    .withRetryAfter(wait.get()));
            return;
        }
        exchange.error(
                switch (reason) {
                    case REVOKED -> invalid("This API key was revoked. Use another one.");
                    case EXPIRED -> invalid("This API key has expired. Use another one.");
                    case MALFORMED, UNKNOWN ->
                        invalid("This API key is not valid. Send a valid one as 'Authorization: Bearer KEY'.");
                });
    }

    private static ApiError invalid(String sentence) {
        return ApiError.of(401, "invalid_request_error", "invalid_api_key", sentence);
    }
}
