package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.payouts.PayoutException;
import com.peerllm.orchestrator.payouts.Payouts;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.identity.SignedHostRequest;
import com.peerllm.shared.identity.SignedHostRequest.Purpose;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.payout.PayeeDetails;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a host is owed and paid, and how it wants to be paid; for the host itself, which signs its requests. Lives on the event
 * loop; the rest happens elsewhere.
 */
final class PayoutsApi {
    private static final Logger log = LoggerFactory.getLogger(PayoutsApi.class);
    private static final byte[] NO_BODY = new byte[0];
    private static final int MAX_BODY_BYTES = 4 * 1024;

    /** Requests that use the database at once. */
    private static final int MOST_AT_ONCE = 8;

    private final String orchestrator;
    private final Payouts payouts;
    private final InstantSource clock;
    private final Executor loop;
    private final Executor blocking;
    private int working;

    PayoutsApi(String orchestrator, Payouts payouts, InstantSource clock, Executor loop, Executor blocking) {
        this.orchestrator = orchestrator;
        this.payouts = payouts;
        this.clock = clock;
        this.loop = loop;
        this.blocking = blocking;
    }

    void statement(Exchange exchange, String id) {
        Optional<HostId> host = asker(exchange, id, Purpose.PAYOUTS, NO_BODY);
        if (host.isEmpty()) return;
        elsewhere(
                exchange,
                () -> payouts.statement(orchestrator, host.get())
                        .<Runnable>map(found -> () -> exchange.json(200, found))
                        .orElse(() -> notKnown(exchange)));
    }

    void payee(Exchange exchange, String id) {
        exchange.body(MAX_BODY_BYTES)
                .onComplete(read -> ConsumerApi.answered(exchange, () -> {
                    if (read.failed()) throw read.cause();
                    Optional<HostId> host = asker(exchange, id, Purpose.PAYEE, read.result());
                    if (host.isEmpty()) return;
                    Optional<PayeeDetails> payee = payee(AdminBody.read(read.result()));
                    long at = Long.parseLong(exchange.request.getHeader(SignedHostRequest.TIME_HEADER));
                    elsewhere(exchange, () -> set(exchange, host.get(), payee, at));
                }));
    }

    /** Both fields, or none to have them erased. */
    private static Optional<PayeeDetails> payee(AdminBody body) {
        if (!body.has("method") && !body.has("details")) {
            body.done();
            return Optional.empty();
        }
        String method = body.text("method");
        PayeeDetails payee = body.as("details", body.text("details"), details -> new PayeeDetails(method, details));
        body.done();
        return Optional.of(payee);
    }

    private Runnable set(Exchange exchange, HostId host, Optional<PayeeDetails> payee, long atMillis) {
        if (!payouts.setPayee(AccountId.ofHost(host), payee, atMillis)) {
            return () -> exchange.error(ApiError.of(
                    409,
                    "invalid_request_error",
                    "newer_payee_set",
                    "Something newer was set already. Check this computer's clock, and send it again."));
        }
        log.info("Host {} {} how it is paid", host, payee.isPresent() ? "set" : "erased");
        return () -> exchange.json(200, Map.of("payee_set", payee.isPresent()));
    }

    /** The host that asks, when it is the one of the address; otherwise the error is on its way. */
    private Optional<HostId> asker(Exchange exchange, String id, Purpose purpose, byte[] body) {
        Optional<HostId> host = host(id);
        if (host.isEmpty()) {
            notKnown(exchange);
            return host;
        }
        if (asks(exchange, host.get(), purpose, body)) return host;
        exchange.error(ApiError.of(
                401,
                "authentication_error",
                "not_this_host",
                "Only the host itself may ask for its payouts. `peerllm host payout` signs the request."));
        return Optional.empty();
    }

    private static Optional<HostId> host(String id) {
        try {
            return Optional.of(new HostId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void notKnown(Exchange exchange) {
        exchange.error(ApiError.of(404, "invalid_request_error", "not_found", "No such host is known."));
    }

    private boolean asks(Exchange exchange, HostId host, Purpose purpose, byte[] body) {
        String key = exchange.request.getHeader(SignedHostRequest.KEY_HEADER);
        String time = exchange.request.getHeader(SignedHostRequest.TIME_HEADER);
        String signature = exchange.request.getHeader(SignedHostRequest.SIGNATURE_HEADER);
        if (key == null || time == null || signature == null) return false;
        try {
            return new SignedHostRequest(PeerKey.parse(key), Long.parseLong(time), signature)
                    .isOf(host, purpose, orchestrator, body, clock.millis());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void elsewhere(Exchange exchange, Supplier<Runnable> work) {
        if (working >= MOST_AT_ONCE) {
            exchange.error(ApiError.of(
                    429, "rate_limit_error", "too_many_requests", "Too many ask for payouts now. Try again soon."));
            return;
        }
        working++;
        blocking.execute(() -> {
            Runnable answer = answer(exchange, work);
            loop.execute(() -> {
                working--;
                answer.run();
            });
        });
    }

    private static Runnable answer(Exchange exchange, Supplier<Runnable> work) {
        try {
            return work.get();
        } catch (PayoutException e) {
            if (e.kind() == PayoutException.Kind.NOT_FOUND) return () -> notKnown(exchange);
            log.error("Payouts could not be told or set", e);
        } catch (RuntimeException e) {
            log.error("Payouts could not be told or set", e);
        }
        return () -> exchange.error(
                ApiError.of(503, "server_error", "storage_unavailable", "Payouts cannot be read or set now."));
    }
}
