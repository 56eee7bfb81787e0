package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.Answer;
import com.peerllm.orchestrator.jobs.Job;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.AnswerPiece;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.ChunkEnvelope;
import com.peerllm.shared.openai.FinishReason;
import com.peerllm.shared.openai.StreamedChoice;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A streamed answer: server-sent events as they come, those of several choices in between each other. Lives on the event
 * loop; {@link #text} is the token path: no lock, no JSON tree, no database, nothing that waits; one write for each frame.
 *
 * <p>While the consumer does not read, text is put together into one larger event; past {@link #MAX_UNREAD_BYTES} the job
 * is given up.
 */
final class SseAnswer implements Answer {
    /** What may wait for a slow consumer, beside what the socket holds. */
    static final int MAX_UNREAD_BYTES = 256 * 1024;

    private static final int SOCKET_QUEUE_BYTES = 64 * 1024;

    private final Exchange exchange;
    private final ChunkEnvelope envelope;
    private final List<StreamedChoice> choices;
    private final String receiptId;
    private final boolean includeUsage;
    private Optional<Job> job = Optional.empty();
    private boolean begun;
    private boolean waiting;
    private boolean over;

    SseAnswer(
            Exchange exchange,
            ChunkEnvelope envelope,
            List<StreamedChoice> choices,
            String receiptId,
            boolean includeUsage) {
        this.exchange = exchange;
        this.envelope = envelope;
        this.choices = choices;
        this.receiptId = receiptId;
        this.includeUsage = includeUsage;
    }

    void belongsTo(Job running) {
        job = Optional.of(running);
    }

    /** A comment, which clients pass over (server-sent events, 9.2.6); it keeps the connection alive. */
    @Override
    public void waits(int position, int of) {
        if (!over) write(Buffer.buffer(": queued " + position + " of " + of + "\n\n"));
    }

    @Override
    public void held(Credits atMost) {
        exchange.held(atMost);
    }

    @Override
    public void begins(Duration waited) {
        exchange.waited(waited);
    }

    @Override
    public void text(int choice, byte[] utf8) {
        if (over) return;
        StreamedChoice to = choices.get(choice);
        if (mayWrite()) {
            write(wrapped(to.text(utf8)));
        } else {
            to.keepText(utf8);
            await();
        }
    }

    @Override
    public void pieces(int choice, List<AnswerPiece> pieces) {
        if (over) return;
        StreamedChoice to = choices.get(choice);
        if (mayWrite()) {
            write(wrapped(to.pieces(pieces)));
        } else {
            to.keepPieces(pieces);
            await();
        }
    }

    /** What waits goes first. */
    private boolean mayWrite() {
        return !begun || !waiting && !exchange.response.writeQueueFull();
    }

    private void await() {
        if (choices.stream().mapToInt(StreamedChoice::unreadBytes).sum() > MAX_UNREAD_BYTES) {
            over = true;
            job.ifPresent(running -> running.abandon("the consumer does not read its answer"));
            exchange.cutOff();
        } else if (!waiting) {
            waiting = true;
            exchange.response.drainHandler(ready -> flush());
        }
    }

    private void flush() {
        if (!waiting || over) return;
        write(takeUnread());
    }

    private Buffer takeUnread() {
        waiting = false;
        Buffer all = Buffer.buffer();
        for (StreamedChoice choice : choices) all.appendBytes(choice.takeUnread());
        return all;
    }

    @Override
    public boolean isPiecewise() {
        return true;
    }

    @Override
    public void ended(int choice, FinishReason reason) {
        if (!over) write(wrapped(choices.get(choice).finish(reason, Optional.empty())));
    }

    @Override
    public void finish(int choice, FinishReason reason, Summary summary) {
        if (over) return;
        over = true;
        Buffer last = Buffer.buffer()
                .appendBytes(choices.get(choice).finish(reason, Optional.of(Extras.json(summary, receiptId))));
        if (includeUsage) {
            last.appendBytes(envelope.usage(new String(Exchange.toJson(summary.usage()), StandardCharsets.UTF_8)));
        }
        last.appendString(ChunkEnvelope.DONE);
        if (!begun) head();
        exchange.response.end(last);
    }

    /** Before the first event a plain error; after it an error event, never a silent end. */
    @Override
    public void fail(ApiError error) {
        if (over) return;
        over = true;
        if (!begun) {
            exchange.error(error);
            return;
        }
        exchange.response.end(takeUnread()
                .appendString("event: error\ndata: ")
                .appendBytes(Exchange.toJson(error.envelope()))
                .appendString("\n\n"));
    }

    @Override
    public void over(long paidTokens) {
        exchange.tokensUsed(paidTokens);
    }

    /** Without a copy. */
    private static Buffer wrapped(byte[] events) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(events));
    }

    private void write(Buffer events) {
        if (!begun) {
            begun = true;
            head();
            exchange.response.setWriteQueueMaxSize(SOCKET_QUEUE_BYTES);
        }
        exchange.response.write(events);
    }

    /** Leaves with the first events in one write. */
    private void head() {
        exchange.response
                .setChunked(true)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                .putHeader("cache-control", "no-cache")
                .putHeader("x-accel-buffering", "no")
                .putHeader("x-peerllm-receipt", receiptId);
    }
}
