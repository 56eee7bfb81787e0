package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.api.Repeats.Known;
import com.peerllm.orchestrator.api.Repeats.Name;
import com.peerllm.orchestrator.jobs.Refusals;
import com.peerllm.orchestrator.ledger.JobFate;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.openai.ApiError;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The header {@code Idempotency-Key}: a request that its consumer named is charged once, however often it is sent. Lives on the
 * event loop; a request without a name passes at once.
 */
final class Idempotency {
    /** Requests of one name that cost nothing; each is looked up when the name comes again after the memory of it. */
    private static final int MOST_ATTEMPTS = 32;

    private static final String HEADER = "Idempotency-Key";

    private final IdempotencyKeys keys;
    private final Repeats repeats;
    private final Ledger ledger;
    private final Executor loop;
    private final Executor blocking;

    Idempotency(IdempotencyKeys keys, Repeats repeats, Ledger ledger, Executor loop, Executor blocking) {
        this.keys = keys;
        this.repeats = repeats;
        this.ledger = ledger;
        this.loop = loop;
        this.blocking = blocking;
    }

    /** @param work serves the request; done at once, later, or not at all when it was served before */
    void serve(Exchange exchange, Caller caller, byte[] body, Runnable work) {
        String key = exchange.request.getHeader(HEADER);
        if (key == null) {
            work.run();
            return;
        }
        if (!IdempotencyKeys.isOne(key)) {
            exchange.error(ApiError.badRequest(
                    "invalid_value", HEADER, "'" + HEADER + "' must have 1 to 255 visible ASCII characters."));
            return;
        }
        Name name = new Name(caller.account(), key);
        String path = exchange.request.path();
        blocking.execute(() -> {
            String hash = keys.hash(path, body);
            loop.execute(() -> ConsumerApi.answered(exchange, () -> decide(exchange, name, hash, work)));
        });
    }

    private void decide(Exchange exchange, Name name, String hash, Runnable work) {
        if (exchange.response.closed()) return;
        Optional<Known> known = repeats.find(name);
        if (known.isPresent() && !known.get().hash().equals(hash)) {
            exchange.error(mismatch());
            return;
        }
        if (known.isEmpty()) {
            begin(exchange, name, hash, work);
            return;
        }
        switch (known.get()) {
            case Known.Running running -> exchange.error(inProgress());
            case Known.Over over
            when over.answer().isPresent() ->
                replay(exchange, over.job(), over.answer().get());
            case Known.Over over -> used(exchange, over.job());
        }
    }

    private static void replay(Exchange exchange, JobId job, byte[] answer) {
        exchange.response.putHeader("idempotent-replayed", "true").putHeader("x-peerllm-receipt", job.value());
        exchange.json(200, answer);
    }

    private void begin(Exchange exchange, Name name, String hash, Runnable work) {
        repeats.begin(name, hash);
        exchange.keep(Repeats.MOST_ANSWER_BYTES);
        exchange.whenOver(() -> ended(exchange, name));
        attempt(exchange, name, 0, work);
    }

    /** What was answered with status 200 was charged, as far as its consumer is there; for the rest the ledger knows. */
    private void ended(Exchange exchange, Name name) {
        boolean answered = exchange.response.headWritten() && exchange.response.getStatusCode() == 200;
        if (answered || exchange.kept().isPresent()) {
            repeats.end(name, exchange.jobId(), exchange.kept());
        } else {
            repeats.forget(name);
        }
    }

    /** Finds the first job of this name for which nothing was ever set aside, unless one was paid. */
    private void attempt(Exchange exchange, Name name, int attempt, Runnable work) {
        JobId job = keys.job(name.account(), name.key(), attempt);
        ledger.fate(job)
                .whenComplete((fate, failure) -> loop.execute(() -> ConsumerApi.answered(exchange, () -> {
                    if (exchange.response.closed()) return;
                    if (failure != null) {
                        exchange.error(Refusals.ledgerUnavailable());
                    } else {
                        proceed(exchange, name, attempt, job, fate, work);
                    }
                })));
    }

    private void proceed(Exchange exchange, Name name, int attempt, JobId job, JobFate fate, Runnable work) {
        switch (fate) {
            case UNKNOWN -> {
                exchange.use(job);
                work.run();
            }
            case OPEN -> exchange.error(inProgress());
            case PAID -> used(exchange, job);
            case RELEASED -> {
                if (attempt + 1 < MOST_ATTEMPTS) {
                    attempt(exchange, name, attempt + 1, work);
                } else {
                    exchange.error(used("So many requests with this " + HEADER + " failed that it is used up."));
                }
            }
        }
    }

    private static void used(Exchange exchange, JobId job) {
        exchange.response.putHeader("x-peerllm-receipt", job.value());
        exchange.error(used("A request with this " + HEADER
                + " was served, and its answer is not kept. Its receipt id is " + job + "."));
    }

    private static ApiError used(String sentence) {
        return ApiError.of(
                409, "invalid_request_error", "idempotency_key_used", sentence + " Choose another key to ask again.");
    }

    private static ApiError inProgress() {
        return ApiError.of(
                        409,
                        "invalid_request_error",
                        "idempotency_in_progress",
                        "A request with this " + HEADER + " is running. Wait for its end.")
                .withRetryAfter(Duration.ofSeconds(1));
    }

    private static ApiError mismatch() {
        return ApiError.of(
                422,
                "invalid_request_error",
                "idempotency_mismatch",
                "This " + HEADER + " was used with another request. Choose another key for this one.");
    }
}
