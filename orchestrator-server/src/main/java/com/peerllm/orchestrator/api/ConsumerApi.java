package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.ApiKeys;
import com.peerllm.orchestrator.accounts.Authentication;
import com.peerllm.orchestrator.jobs.Answer;
import com.peerllm.orchestrator.jobs.Demands;
import com.peerllm.orchestrator.jobs.Job;
import com.peerllm.orchestrator.jobs.JobRequest;
import com.peerllm.orchestrator.jobs.Jobs;
import com.peerllm.orchestrator.jobs.Refusals;
import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.ChatCompletionReader;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.InvalidRequest;
import com.peerllm.shared.openai.SchemaCheck;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes under {@code /v1} that consumers call, with their API key. Lives on the event loop. */
final class ConsumerApi {
    private static final Logger log = LoggerFactory.getLogger(ConsumerApi.class);

    /** Largest body: as much as a control message to a host can carry, with room for what is put around it. */
    static final int MAX_BODY_BYTES = 3 * 1024 * 1024;

    /** A body up to this size is read in less than a millisecond, of whatever it consists. */
    private static final int READ_AT_ONCE_BYTES = 16 * 1024;

    private final ApiKeys keys;
    private final ModelDirectory models;
    private final Jobs jobs;
    private final Ledger ledger;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Executor loop;
    private final Executor blocking;
    private final BooleanSupplier draining;
    private final SchemaGate schemas = new SchemaGate();

    ConsumerApi(
            ApiKeys keys,
            ModelDirectory models,
            Jobs jobs,
            Ledger ledger,
            InstantSource clock,
            SecureRandom random,
            Executor loop,
            Executor blocking,
            BooleanSupplier draining) {
        this.keys = keys;
        this.models = models;
        this.jobs = jobs;
        this.ledger = ledger;
        this.clock = clock;
        this.random = random;
        this.loop = loop;
        this.blocking = blocking;
        this.draining = draining;
    }

    void listModels(Exchange exchange) {
        consumer(exchange)
                .ifPresent(any -> exchange.json(200, JsonAnswer.fields("object", "list", "data", models.list())));
    }

    void model(Exchange exchange, String id) {
        if (consumer(exchange).isEmpty()) return;
        models.find(id)
                .ifPresentOrElse(
                        found -> exchange.json(200, models.describe(found)),
                        () -> exchange.error(Refusals.unknownModel(id)));
    }

    void chatCompletions(Exchange exchange) {
        Optional<AccountId> consumer = consumer(exchange);
        if (consumer.isEmpty()) return;
        if (draining.getAsBoolean()) {
            exchange.error(Refusals.stopping());
            return;
        }
        exchange.body(MAX_BODY_BYTES)
                .onComplete(read -> answered(exchange, () -> {
                    if (read.failed()) throw read.cause();
                    receive(exchange, consumer.get(), read.result());
                }));
    }

    /** Small requests are read at once; what may take longer than a millisecond is read off the event loop. */
    private void receive(Exchange exchange, AccountId consumer, byte[] body) {
        if (body.length <= READ_AT_ONCE_BYTES) {
            ChatCompletionRequest chat = ChatCompletionReader.read(body);
            if (SchemaCheck.isNeeded(chat.options())) {
                elsewhere(exchange, consumer, () -> chat);
            } else {
                complete(exchange, consumer, chat, Demands.of(chat));
            }
        } else {
            elsewhere(exchange, consumer, () -> ChatCompletionReader.read(body));
        }
    }

    private void elsewhere(Exchange exchange, AccountId consumer, Supplier<ChatCompletionRequest> reading) {
        blocking.execute(() -> {
            Work next = read(exchange, consumer, reading);
            loop.execute(() -> answered(exchange, next));
        });
    }

    private Work read(Exchange exchange, AccountId consumer, Supplier<ChatCompletionRequest> reading) {
        try {
            ChatCompletionRequest chat = reading.get();
            schemas.check(chat.options());
            Demands demands = Demands.of(chat);
            return () -> complete(exchange, consumer, chat, demands);
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }

    /** One step towards an answer; a failure in it is the answer. */
    private interface Work {
        void run() throws Throwable;
    }

    private static void answered(Exchange exchange, Work work) {
        try {
            work.run();
        } catch (InvalidRequest e) {
            exchange.error(e.error());
        } catch (Throwable e) {
            internal(exchange, e);
        }
    }

    private void complete(Exchange exchange, AccountId consumer, ChatCompletionRequest chat, Demands demands) {
        if (exchange.response.closed()) return;
        Optional<ModelManifest> model = models.find(chat.model());
        if (model.isEmpty()) {
            exchange.error(Refusals.unknownModel(chat.model()));
            return;
        }
        JobId id = JobId.random(random);
        String completionId = "chatcmpl-" + id.value().substring("job_".length());
        long created = clock.millis() / 1000;
        String name = model.get().id().value();
        JobRequest request = new JobRequest(id, consumer, model.get(), chat, demands);
        if (chat.stream()) {
            String nameJson = new String(Exchange.toJson(name), StandardCharsets.UTF_8);
            ChunkEnvelope envelope = ChunkEnvelope.of(completionId, created, nameJson, chat.includeUsage());
            SseAnswer answer = new SseAnswer(exchange, envelope, chat.choices(), id.value(), chat.includeUsage());
            start(exchange, request, answer).ifPresent(answer::belongsTo);
        } else {
            start(exchange, request, new JsonAnswer(exchange, completionId, created, name, id.value(), chat));
        }
    }

    private Optional<Job> start(Exchange exchange, JobRequest request, Answer answer) {
        Optional<Job> job = jobs.start(request, answer);
        job.ifPresent(running -> {
            exchange.response.closeHandler(gone -> running.abandon("the consumer left"));
            exchange.response.exceptionHandler(e -> running.abandon("the consumer's connection broke"));
        });
        return job;
    }

    /** The balance of the key's account. */
    void balance(Exchange exchange) {
        consumer(exchange).ifPresent(account -> {
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
        if (consumer(exchange).isEmpty()) return;
        JobId id;
        try {
            id = new JobId(job);
        } catch (IllegalArgumentException e) {
            exchange.error(noReceipt());
            return;
        }
        blocking.execute(() -> {
            try {
                List<Receipt> receipts = ledger.receipts(id);
                loop.execute(() -> {
                    if (receipts.isEmpty()) {
                        exchange.error(noReceipt());
                    } else {
                        exchange.json(200, JsonAnswer.fields("object", "list", "data", receipts));
                    }
                });
            } catch (RuntimeException e) {
                loop.execute(() -> internal(exchange, e));
            }
        });
    }

    private static ApiError noReceipt() {
        return ApiError.of(
                404,
                "invalid_request_error",
                "receipt_not_found",
                "There is no receipt of this answer; it appears a moment after the answer ends.");
    }

    /** Whose key this is; when it is none, the error is on its way already. */
    private Optional<AccountId> consumer(Exchange exchange) {
        String header = exchange.request.getHeader("authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            Authentication who =
                    keys.authenticate(header.substring("bearer ".length()).strip());
            if (who instanceof Authentication.Accepted accepted) return Optional.of(accepted.account());
        }
        exchange.error(ApiError.of(
                401,
                "invalid_request_error",
                "invalid_api_key",
                "This API key is not valid. Send a valid one as 'Authorization: Bearer KEY'."));
        return Optional.empty();
    }

    private static void internal(Exchange exchange, Throwable failure) {
        log.error("Request {} failed: {}", exchange.id, failure.getClass().getName(), failure);
        exchange.error(ApiError.of(500, "server_error", "internal_error", "The request failed; it is not your fault."));
    }
}
