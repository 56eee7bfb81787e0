package com.peerllm.orchestrator.api;

import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what anybody may ask for without a key, off the event loop and only so many at once. Lives on the event loop.
 */
final class OpenReads {
    private static final Logger log = LoggerFactory.getLogger(OpenReads.class);

    private final int mostAtOnce;
    private final Executor loop;
    private final Executor blocking;
    private int reading;

    OpenReads(int mostAtOnce, Executor loop, Executor blocking) {
        this.mostAtOnce = mostAtOnce;
        this.loop = loop;
        this.blocking = blocking;
    }

    /** @param read may wait; gives the answer, which is sent on the event loop, or throws {@link InvalidRequest} */
    void read(Exchange exchange, Callable<Runnable> read) {
        if (reading >= mostAtOnce) {
            exchange.error(ApiError.of(
                    429, "rate_limit_error", "too_many_requests", "Too many ask for this now. Try again soon."));
            return;
        }
        reading++;
        blocking.execute(() -> {
            Runnable answer;
            try {
                answer = read.call();
            } catch (InvalidRequest e) {
                answer = () -> exchange.error(e.error());
            } catch (Exception e) {
                log.error("What was asked for could not be read", e);
                answer = () -> exchange.error(ApiError.of(
                        503, "server_error", "storage_unavailable", "This cannot be read now. Try again soon."));
            }
            Runnable last = answer;
            loop.execute(() -> {
                reading--;
                last.run();
            });
        });
    }
}
