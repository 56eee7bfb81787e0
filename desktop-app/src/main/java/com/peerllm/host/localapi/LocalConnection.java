package com.peerllm.host.localapi;

import com.peerllm.shared.openai.ApiError;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One program's connection: one request at a time, and each must be there in time. It goes on reading while an answer is made,
 * because that is how it hears that the program has left. Lives on the event loop.
 */
final class LocalConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger log = LoggerFactory.getLogger(LocalConnection.class);

    /** From the opening, or from the last answer, to the next whole request. */
    static final int REQUEST_PATIENCE_SECONDS = 60;

    private final Consumer<LocalExchange> receiver;
    private Optional<LocalExchange> running = Optional.empty();
    private Optional<LocalRequest> next = Optional.empty();
    private Optional<Future<?>> patience = Optional.empty();

    LocalConnection(Consumer<LocalExchange> receiver) {
        this.receiver = receiver;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        awaitRequest(ctx);
    }

    private void awaitRequest(ChannelHandlerContext ctx) {
        patience = Optional.of(ctx.executor().schedule(() -> ctx.close(), REQUEST_PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest http) {
        patience.ifPresent(waiting -> waiting.cancel(false));
        if (http.decoderResult().isFailure()) {
            unreadable(ctx, http);
            return;
        }
        LocalRequest request = request(http, HttpUtil.isKeepAlive(http));
        if (running.isEmpty()) {
            serve(ctx, request);
        } else if (next.isEmpty()) {
            next = Optional.of(request);
        } else {
            ctx.close();
        }
    }

    private void serve(ChannelHandlerContext ctx, LocalRequest request) {
        LocalExchange exchange = new LocalExchange(ctx.channel(), request);
        running = Optional.of(exchange);
        receiver.accept(exchange);
    }

    private static LocalRequest request(FullHttpRequest http, boolean keepAlive) {
        Map<String, String> headers = new HashMap<>();
        http.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        String uri = http.uri();
        int query = uri.indexOf('?');
        return new LocalRequest(
                http.method().name(),
                query < 0 ? uri : uri.substring(0, query),
                headers,
                ByteBufUtil.getBytes(http.content()),
                keepAlive);
    }

    private void unreadable(ChannelHandlerContext ctx, FullHttpRequest http) {
        if (running.isPresent()) {
            ctx.close();
            return;
        }
        LocalExchange exchange = new LocalExchange(ctx.channel(), request(http, false));
        running = Optional.of(exchange);
        exchange.error(
                switch (http.decoderResult().cause()) {
                    case TooLongHttpLineException line ->
                        refused(414, "address_too_long", "The request line has more than 4 KiB.");
                    case TooLongHttpHeaderException many ->
                        refused(431, "headers_too_large", "The headers have more than 16 KiB.");
                    case null, default -> refused(400, "invalid_http", "This is not HTTP.");
                });
    }

    private static ApiError refused(int status, String code, String sentence) {
        return ApiError.of(status, "invalid_request_error", code, sentence);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != LocalExchange.Answered.ANSWERED) return;
        running = Optional.empty();
        Optional<LocalRequest> waiting = next;
        next = Optional.empty();
        if (waiting.isPresent()) {
            serve(ctx, waiting.get());
        } else {
            awaitRequest(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        patience.ifPresent(waiting -> waiting.cancel(false));
        running.ifPresent(LocalExchange::left);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // What came is not shown: it may be part of a prompt.
        log.debug(
                "A connection to the local endpoint broke: {}", cause.getClass().getSimpleName());
        ctx.close();
    }
}
