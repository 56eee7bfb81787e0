package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.ApiKeys;
import com.peerllm.orchestrator.accounts.Authentication;
import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.jobs.Jobs;
import com.peerllm.orchestrator.jobs.Refusals;
import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.telemetry.RequestMeter;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes under {@code /v1} that consumers call, with their API key. Lives on the event loop. */
final class ConsumerApi {
    private static final Logger log = LoggerFactory.getLogger(ConsumerApi.class);

    /** Largest body: as much as a control message to a host can carry, with room for what is put around it. */
    static final int MAX_BODY_BYTES = 3 * 1024 * 1024;

    private final ApiKeys keys;
    private final ModelDirectory models;
    private final Ledger ledger;
    private final RequestMeter requests;
    private final BooleanSupplier draining;
    private final ChatRoute chats;
    private final EmbeddingsRoute embeddings;
    private final ReceiptsRoute receipts;

    ConsumerApi(
            ApiKeys keys,
            ModelDirectory models,
            Jobs jobs,
            Ledger ledger,
            RequestMeter requests,
            InstantSource clock,
            Executor loop,
            Executor blocking,
            BooleanSupplier draining) {
        this.keys = keys;
        this.models = models;
        this.ledger = ledger;
        this.requests = requests;
        this.draining = draining;
        this.chats = new ChatRoute(models, jobs, clock, loop, blocking);
        this.embeddings = new EmbeddingsRoute(models, jobs.embeddings(), loop, blocking);
        this.receipts = new ReceiptsRoute(ledger, loop, blocking);
    }

    void listModels(Exchange exchange) {
        caller(exchange)
                .ifPresent(any -> exchange.json(200, JsonAnswer.fields("object", "list", "data", models.list())));
    }

    void model(Exchange exchange, String id) {
        if (caller(exchange).isEmpty()) return;
        models.find(id)
                .ifPresentOrElse(
                        found -> exchange.json(200, models.describe(found)),
                        () -> exchange.error(Refusals.unknownModel(id)));
    }

    void chatCompletions(Exchange exchange) {
        withBody(exchange, chats::receive);
    }

    void embeddings(Exchange exchange) {
        withBody(exchange, embeddings::receive);
    }

    /** What is done with the body of a request that may be served. */
    private interface Receiver {
        void receive(Exchange exchange, Caller caller, byte[] body);
    }

    private void withBody(Exchange exchange, Receiver receiver) {
        Optional<Caller> caller = caller(exchange);
        if (caller.isEmpty()) return;
        if (draining.getAsBoolean()) {
            exchange.error(Refusals.stopping());
            return;
        }
        exchange.body(MAX_BODY_BYTES)
                .onComplete(read -> answered(exchange, () -> {
                    if (read.failed()) throw read.cause();
                    receiver.receive(exchange, caller.get(), read.result());
                }));
    }

    /** One step towards an answer; a failure in it is the answer. */
    interface Work {
        void run() throws Throwable;
    }

    static void answered(Exchange exchange, Work work) {
        try {
            work.run();
        } catch (InvalidRequest e) {
            exchange.error(e.error());
        } catch (Throwable e) {
            internal(exchange, e);
        }
    }

    /** The balance of the key's account. */
    void balance(Exchange exchange) {
        caller(exchange).ifPresent(caller -> {
            AccountId account = caller.account();
            Balance balance = ledger.balance(account).orElse(new Balance(account, Credits.ZERO, Credits.ZERO));
            exchange.json(
                    200,
                    JsonAnswer.fields(
                            "object", "balance",
                            "available_nanodollars", balance.available().nanoDollars(),
                            "held_nanodollars", balance.held().nanoDollars()));
        });
    }

    /** The receipts of one answer; who knows the job's random id may read them. */
    void receipts(Exchange exchange, String job) {
        if (caller(exchange).isPresent()) receipts.send(exchange, job);
    }

    /** Whose key this is; when it is none, the error is on its way already. */
    private Optional<Caller> caller(Exchange exchange) {
        String header = exchange.request.getHeader("authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            Authentication who =
                    keys.authenticate(header.substring("bearer ".length()).strip());
            switch (who) {
                case Authentication.Accepted accepted -> {
                    exchange.from(accepted.caller());
                    return Optional.of(accepted.caller());
                }
                case Authentication.Refused refused ->
                    requests.keyRefused(refused.reason().name().toLowerCase(Locale.ROOT));
            }
        }
        exchange.error(ApiError.of(
                401,
                "invalid_request_error",
                "invalid_api_key",
                "This API key is not valid. Send a valid one as 'Authorization: Bearer KEY'."));
        return Optional.empty();
    }

    static void internal(Exchange exchange, Throwable failure) {
        log.error("Request {} failed: {}", exchange.id, failure.getClass().getName(), failure);
        exchange.error(ApiError.of(500, "server_error", "internal_error", "The request failed; it is not your fault."));
    }
}
