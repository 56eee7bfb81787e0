package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.explorer.Explorer;
import com.peerllm.orchestrator.explorer.ExportFormat;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends leaves as a file, page by page: the next page is read when the one before has left, so a slow reader holds one page in
 * memory and no query open. Lives on the event loop; reads the database elsewhere.
 */
final class LedgerExports {
    private static final Logger log = LoggerFactory.getLogger(LedgerExports.class);

    /** Exports at once. */
    static final int MOST_AT_ONCE = 4;

    /** Leaves in one export. */
    static final long MOST_LEAVES = 1_000_000;

    private static final int PAGE = 100;
    private static final int SOCKET_QUEUE_BYTES = 64 * 1024;

    private final Explorer explorer;
    private final Executor loop;
    private final Executor blocking;
    private int running;

    LedgerExports(Explorer explorer, Executor loop, Executor blocking) {
        this.explorer = explorer;
        this.loop = loop;
        this.blocking = blocking;
    }

    /**
     * @param from the first leaf; empty for 0
     * @param to the last leaf; empty for the last there is. What is not in the log yet is left out
     */
    void begin(Exchange exchange, ExportFormat format, OptionalLong from, OptionalLong to) {
        long first = from.orElse(0);
        to.ifPresent(last -> check(first, last));
        if (running >= MOST_AT_ONCE) {
            exchange.error(ApiError.of(
                    429, "rate_limit_error", "too_many_requests", "Too many exports are running. Try again soon."));
            return;
        }
        running++;
        Export export = new Export(exchange, format, first);
        exchange.whenOver(() -> {
            running--;
            export.over = true;
        });
        export.read(to.isPresent() ? to.getAsLong() + 1 : first + MOST_LEAVES);
    }

    private static void check(long first, long last) {
        if (last < first)
            throw new InvalidRequest(ApiError.badRequest("invalid_value", "to", "`to` is before `from`."));
        if (last - first >= MOST_LEAVES) {
            throw new InvalidRequest(ApiError.badRequest(
                    "invalid_value",
                    "to",
                    "One export has at most " + MOST_LEAVES + " leaves. Ask for them in several."));
        }
    }

    private final class Export {
        private final Exchange exchange;
        private final ExportFormat format;
        private final long first;
        private long next;
        private boolean over;

        Export(Exchange exchange, ExportFormat format, long first) {
            this.exchange = exchange;
            this.format = format;
            this.first = first;
            this.next = first;
        }

        /** @param end leaves from here on are not wanted */
        void read(long end) {
            blocking.execute(() -> {
                try {
                    long last = Math.min(end, explorer.leafCount());
                    long pageEnd = Math.min(next + PAGE, last);
                    String page = next < pageEnd ? explorer.exported(format, next, pageEnd) : "";
                    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
                    loop.execute(() -> send(bytes, pageEnd, last));
                } catch (RuntimeException e) {
                    loop.execute(() -> fail(e));
                }
            });
        }

        private void send(byte[] page, long pageEnd, long end) {
            if (over) return;
            if (!exchange.response.headWritten()) head(end);
            if (exchange.request.method() == HttpMethod.HEAD || pageEnd >= end) {
                exchange.response.end(Buffer.buffer(page));
                return;
            }
            next = pageEnd;
            exchange.response.write(Buffer.buffer(page));
            if (!exchange.response.writeQueueFull()) {
                read(end);
                return;
            }
            exchange.readerMustTake();
            exchange.response.drainHandler(taken -> {
                exchange.readerTook();
                if (!over) read(end);
            });
        }

        private void head(long end) {
            String name = "ledger-" + first + "-" + (end - 1) + (format == ExportFormat.CSV ? ".csv" : ".jsonl");
            exchange.response
                    .setChunked(true)
                    .setWriteQueueMaxSize(SOCKET_QUEUE_BYTES)
                    .putHeader("content-type", format.mediaType())
                    .putHeader("content-disposition", "attachment; filename=\"" + name + "\"")
                    .putHeader("cache-control", "no-store");
            if (exchange.request.method() != HttpMethod.HEAD) exchange.response.write(format.header());
        }

        /** A file that broke off must not look whole: the connection ends without the last chunk. */
        private void fail(RuntimeException failure) {
            log.error("Request {} failed: an export could not go on", exchange.id, failure);
            if (exchange.response.headWritten()) {
                exchange.cutOff();
            } else {
                exchange.error(
                        ApiError.of(503, "server_error", "storage_unavailable", "The ledger cannot be read now."));
            }
        }
    }
}
