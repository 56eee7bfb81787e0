package com.peerllm.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * When an answer was asked for and came, and whether its tokens came all, once and in order. Knows them by their
 * {@link TokenText}.
 */
final class AnswerTimes {
    private static final byte[] CONTENT = "\"content\":\"".getBytes(StandardCharsets.US_ASCII);

    private final CompletableFuture<AnswerTimes> whole = new CompletableFuture<>();
    private final int tokensWanted;
    private final TokenHeard listener;
    private int status;
    private int tokens;
    private boolean inOrder = true;
    private boolean done;
    private long sentNanos;
    private long firstNanos;
    private long lastNanos;
    private long endNanos;
    private String body = "";

    /** Told of each token: when the mock sent it and when it was read here. */
    interface TokenHeard {
        void heard(int number, long sentNanos, long nowNanos);

        TokenHeard NONE = (number, sent, now) -> {};
    }

    AnswerTimes(int tokensWanted, TokenHeard listener) {
        this.tokensWanted = tokensWanted;
        this.listener = listener;
    }

    CompletableFuture<AnswerTimes> whole() {
        return whole;
    }

    void sent(long nanos) {
        sentNanos = nanos;
    }

    void status(int code) {
        status = code;
    }

    /** @return up to where the bytes were understood */
    int read(ByteBuf in, boolean last, long now) {
        int at = in.readerIndex();
        if (status != 200) {
            if (!last) return in.readerIndex();
            body = in.toString(StandardCharsets.UTF_8);
            return in.writerIndex();
        }
        while (true) {
            int found = find(in, CONTENT, at);
            if (found < 0) return keepTail(in, at, last);
            int text = found + CONTENT.length;
            int end = in.indexOf(text, in.writerIndex(), (byte) '"');
            if (end < 0) return found;
            for (int token = text; token + TokenText.BYTES <= end; token += TokenText.BYTES) token(in, token, now);
            at = end;
        }
    }

    private int keepTail(ByteBuf in, int from, boolean last) {
        String mark = "data: [DONE]";
        if (last) {
            String tail = in.toString(from, in.writerIndex() - from, StandardCharsets.UTF_8);
            done = tail.contains(mark) || tail.contains("\"usage\":");
            body = tail;
        }
        return Math.max(from, in.writerIndex() - 512);
    }

    private void token(ByteBuf in, int index, long now) {
        int number = TokenText.number(in, index);
        inOrder &= number == tokens;
        if (tokens == 0) firstNanos = now;
        tokens++;
        lastNanos = now;
        listener.heard(number, TokenText.sentNanos(in, index), now);
    }

    private static int find(ByteBuf in, byte[] what, int from) {
        int end = in.writerIndex() - what.length + 1;
        for (int at = from; at < end; at++) {
            at = in.indexOf(at, end, what[0]);
            if (at < 0) return -1;
            int same = 1;
            while (same < what.length && in.getByte(at + same) == what[same]) same++;
            if (same == what.length) return at;
        }
        return -1;
    }

    void ended(long nanos) {
        endNanos = nanos;
        whole.complete(this);
    }

    void lost(String why) {
        whole.completeExceptionally(new IllegalStateException(why));
    }

    /** Whether every token came, once and in order, and the end was said. */
    boolean isWhole() {
        return status == 200 && inOrder && tokens == tokensWanted && done;
    }

    int tokens() {
        return tokens;
    }

    long sentNanos() {
        return sentNanos;
    }

    long firstNanos() {
        return firstNanos;
    }

    long lastNanos() {
        return lastNanos;
    }

    long endNanos() {
        return endNanos;
    }

    /** For an error message: the mock's answers hold nobody's words. */
    String trouble() {
        return "status " + status + ", " + tokens + " of " + tokensWanted + " tokens, in order: " + inOrder
                + ", ended: " + done + " " + body.strip();
    }
}
