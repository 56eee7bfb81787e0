package com.peerllm.orchestrator.api;

import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the database for who needs no key: off the event loop, and only so many at once, so that they cannot keep those away who
 * pay. Lives on the event loop.
 */
final class OpenReads {
    private static final Logger log = LoggerFactory.getLogger(OpenReads.class);

    private final String subject;
    private final int mostAtOnce;
    private final Executor loop;
    private final Executor blocking;
    private int reading;

    /** @param subject what is read, as error sentences name it */
    OpenReads(String subject, int mostAtOnce, Executor loop, Executor blocking) {
        this.subject = subject;
        this.mostAtOnce = mostAtOnce;
        this.loop = loop;
        this.blocking = blocking;
    }

    /** Reads elsewhere, and answers on the loop. */
    void read(Exchange exchange, Supplier<Runnable> reading) {
        if (this.reading >= mostAtOnce) {
            exchange.error(ApiError.of(
                    429,
                    "rate_limit_error",
                    "too_many_requests",
                    "Too many ask for " + subject + " now. Try again soon."));
            return;
        }
        this.reading++;
        blocking.execute(() -> {
            Runnable answer = answer(exchange, reading);
            loop.execute(() -> {
                this.reading--;
                answer.run();
            });
        });
    }

    private Runnable answer(Exchange exchange, Supplier<Runnable> reading) {
        try {
            return reading.get();
        } catch (InvalidRequest e) {
            return () -> exchange.error(e.error());
        } catch (RuntimeException e) {
            log.error("Request {} failed: {} could not be read", exchange.id, subject, e);
            return () -> exchange.error(ApiError.of(
                    503, "server_error", "storage_unavailable", "This cannot be read now: " + subject + "."));
        }
    }
}
