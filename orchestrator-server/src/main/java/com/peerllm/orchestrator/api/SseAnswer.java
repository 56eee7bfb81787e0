package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.Answer;
import com.peerllm.orchestrator.jobs.Job;
import com.peerllm.shared.openai.ApiError;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A streamed answer: server-sent events as they come. Lives on the event loop; {@link #text} is the token path.
 *
 * <p>While the consumer does not read, text is put together into one larger event; past {@link #MAX_UNREAD_BYTES} the job
 * is given up.
 */
final class SseAnswer implements Answer {
    /** Text that may wait for a slow consumer, beside what the socket holds. */
    static final int MAX_UNREAD_BYTES = 256 * 1024;

    private static final int SOCKET_QUEUE_BYTES = 64 * 1024;

    private final Exchange exchange;
    private final ChunkWriter chunks;
    private final String receiptId;
    private final boolean includeUsage;
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
    private Optional<Job> job = Optional.empty();
    private boolean begun;
    private boolean over;

    SseAnswer(Exchange exchange, ChunkWriter chunks, String receiptId, boolean includeUsage) {
        this.exchange = exchange;
        this.chunks = chunks;
        this.receiptId = receiptId;
        this.includeUsage = includeUsage;
    }

    void belongsTo(Job running) {
        job = Optional.of(running);
    }

    @Override
    public void text(byte[] utf8) {
        if (over) return;
        if (!begun) {
            begin(chunks.role().appendBuffer(chunks.text(utf8)));
        } else if (exchange.response.writeQueueFull()) {
            keep(utf8);
        } else {
            write(chunks.text(utf8));
        }
    }

    private void keep(byte[] utf8) {
        if (unread.size() + utf8.length > MAX_UNREAD_BYTES) {
            over = true;
            job.ifPresent(running -> running.abandon("the consumer does not read its answer"));
            exchange.request.connection().close();
            return;
        }
        if (unread.size() == 0) exchange.response.drainHandler(ready -> flush());
        unread.writeBytes(utf8);
    }

    private void flush() {
        if (unread.size() == 0) return;
        byte[] text = unread.toByteArray();
        unread.reset();
        write(chunks.text(text));
    }

    @Override
    public boolean isPiecewise() {
        return true;
    }

    @Override
    public void finish(Finish finish) {
        if (over) return;
        over = true;
        Buffer last = begun ? Buffer.buffer() : chunks.role();
        if (unread.size() > 0) last.appendBuffer(chunks.text(unread.toByteArray()));
        last.appendBuffer(chunks.finish(finish.reason(), Extras.json(finish, receiptId)));
        if (includeUsage) {
            last.appendBuffer(chunks.usage(new String(Exchange.toJson(finish.usage()), StandardCharsets.UTF_8)));
        }
        last.appendString("data: [DONE]\n\n");
        if (!begun) head();
        exchange.response.end(last);
    }

    /** Before the first event a plain error; after it an error event, never a silent end. */
    @Override
    public void fail(ApiError error, Finish delivered) {
        if (over) return;
        over = true;
        if (!begun) {
            exchange.error(error);
            return;
        }
        Buffer last = Buffer.buffer();
        if (unread.size() > 0) last.appendBuffer(chunks.text(unread.toByteArray()));
        last.appendString("event: error\ndata: ")
                .appendBytes(Exchange.toJson(Exchange.envelope(error)))
                .appendString("\n\n");
        exchange.response.end(last);
    }

    /** Headers and first events leave in one write. */
    private void begin(Buffer first) {
        begun = true;
        head();
        exchange.response.setWriteQueueMaxSize(SOCKET_QUEUE_BYTES);
        write(first);
    }

    private void head() {
        exchange.response
                .setChunked(true)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                .putHeader("cache-control", "no-cache")
                .putHeader("x-accel-buffering", "no")
                .putHeader("x-peerllm-receipt", receiptId);
    }

    private void write(Buffer bytes) {
        exchange.response.write(bytes);
    }
}
