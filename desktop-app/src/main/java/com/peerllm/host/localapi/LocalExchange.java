package com.peerllm.host.localapi;

import com.peerllm.shared.openai.ApiError;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request of a program with its answer. For any thread, one at a time; what is written never waits for the reader. Exactly
 * one answer leaves, whole or with its end, or the connection is closed.
 */
final class LocalExchange {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Channel channel;
    private final LocalRequest request;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Runnable> whenGone = new ArrayList<>();
    private boolean begun;
    private boolean stream;
    private boolean over;
    private boolean gone;

    LocalExchange(Channel channel, LocalRequest request) {
        this.channel = channel;
        this.request = request;
    }

    LocalRequest request() {
        return request;
    }

    /** Done once when the program leaves before its answer has; at once when it has left already. */
    void whenGone(Runnable task) {
        synchronized (this) {
            if (over) return;
            if (!gone) {
                whenGone.add(task);
                return;
            }
        }
        task.run();
    }

    /** The connection is closed. */
    void left() {
        List<Runnable> tasks;
        synchronized (this) {
            if (over) return;
            gone = true;
            tasks = List.copyOf(whenGone);
            whenGone.clear();
        }
        tasks.forEach(Runnable::run);
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** Before the answer begins. */
    synchronized void header(String name, String value) {
        headers.put(name, value);
    }

    void json(int status, Object value) {
        whole(status, JSON.writeValueAsBytes(value));
    }

    synchronized void whole(int status, byte[] json) {
        if (begun || over || gone) return;
        over = true;
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(json));
        HttpHeaders to = head(response, "application/json");
        to.setInt("content-length", json.length);
        send(response);
    }

    /** A plain answer before the first event; an event after it. */
    void error(ApiError error) {
        if (hasBegun()) {
            write(errorEvent(error));
            end();
            return;
        }
        synchronized (this) {
            error.retryAfter()
                    .ifPresent(time -> headers.put("retry-after", Long.toString(Math.max(1, time.toSeconds()))));
            if (error.status() == 401) headers.put("www-authenticate", "Bearer");
        }
        json(error.status(), error.envelope());
    }

    static byte[] errorEvent(ApiError error) {
        return ("event: error\ndata: " + JSON.writeValueAsString(error.envelope()) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whether what has begun are server-sent events, in which an error can still be told. */
    synchronized boolean isStream() {
        return stream;
    }

    synchronized boolean hasBegun() {
        return begun;
    }

    /** An answer whose length nobody knows yet. */
    synchronized void begin(int status, String contentType) {
        if (begun || over || gone) return;
        begun = true;
        stream = contentType.startsWith("text/event-stream");
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        HttpUtil.setTransferEncodingChunked(response, true);
        head(response, contentType).set("cache-control", "no-cache").set("x-accel-buffering", "no");
        channel.write(response);
    }

    private HttpHeaders head(HttpResponse response, String contentType) {
        HttpHeaders to = response.headers();
        headers.forEach(to::set);
        to.set("content-type", contentType).set("x-content-type-options", "nosniff");
        if (!request.keepAlive()) to.set("connection", "close");
        return to;
    }

    /**
     * More of an answer that has begun. Token path: one array, no copy.
     *
     * @return when it has left; a reader that leaves much unread is cut off
     */
    synchronized ChannelFuture write(byte[] bytes) {
        if (!begun || over || gone) return channel.newFailedFuture(new ClosedChannelException());
        if (!channel.isWritable()) {
            channel.close();
            return channel.newFailedFuture(new ClosedChannelException());
        }
        return channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
    }

    synchronized void end() {
        if (!begun || over || gone) return;
        over = true;
        send(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** The answer cannot be told whole: the reader sees that it broke off. */
    void breakOff() {
        channel.close();
    }

    private void send(Object last) {
        ChannelFuture sent = channel.writeAndFlush(last);
        if (!request.keepAlive()) sent.addListener(ChannelFutureListener.CLOSE);
        sent.addListener(done -> channel.pipeline().fireUserEventTriggered(Answered.ANSWERED));
    }

    /** Tells the connection that the next request may come. */
    enum Answered {
        ANSWERED
    }
}
