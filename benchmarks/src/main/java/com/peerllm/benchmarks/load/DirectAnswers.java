package com.peerllm.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers chat completions as {@link MockHost} does, in the bytes that the orchestrator would send. A connection has one request
 * at a time.
 */
final class DirectAnswers extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HEAD = "{\"id\":\"chatcmpl-00000000000000000000000000000000\",\"object\":\"%s\","
            + "\"created\":1790000000,\"model\":\"mock\",\"system_fingerprint\":null,\"choices\":[{\"index\":0,";
    private static final String CHUNK = "data: " + HEAD.formatted("chat.completion.chunk") + "\"delta\":{";
    private static final byte[] BEFORE = bytes(CHUNK + "\"content\":\"");
    private static final byte[] AFTER = bytes("\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
    private static final byte[] ROLE =
            bytes(CHUNK + "\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
    private static final byte[] END =
            bytes(CHUNK + "},\"logprobs\":null,\"finish_reason\":\"length\"}]}\n\ndata: [DONE]\n\n");

    private PacedAnswer running;

    @Override
    protected void channelRead0(ChannelHandlerContext channel, FullHttpRequest request) {
        JsonNode body = JSON.readTree(ByteBufUtil.getBytes(request.content()));
        long intervalNanos = body.path("seed").asLong(0) * 1000;
        PacedAnswer.Sink sink = body.path("stream").asBoolean(false) ? new Streamed(channel) : new Whole(channel);
        running = PacedAnswer.begin(
                channel.channel().eventLoop(), 0, body.path("max_tokens").asInt(1), intervalNanos, sink);
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) {
        if (running != null) running.stop();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Server-sent events. */
    private record Streamed(ChannelHandlerContext channel) implements PacedAnswer.Sink {
        @Override
        public void token(int number) {
            if (number == 0) head();
            channel.write(new DefaultHttpContent(
                    Unpooled.wrappedBuffer(BEFORE, TokenText.of(System.nanoTime(), number), AFTER)));
        }

        private void head() {
            HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                    .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            channel.write(response);
            channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(ROLE)));
        }

        @Override
        public void flush() {
            channel.flush();
        }

        @Override
        public void end() {
            channel.write(new DefaultLastHttpContent(Unpooled.wrappedBuffer(END)));
        }
    }

    /** One JSON object at the end. */
    private static final class Whole implements PacedAnswer.Sink {
        private final ChannelHandlerContext channel;
        private final ByteBuf body = Unpooled.buffer();

        Whole(ChannelHandlerContext channel) {
            this.channel = channel;
            body.writeBytes(
                    bytes(HEAD.formatted("chat.completion") + "\"message\":{\"role\":\"assistant\",\"content\":\""));
        }

        @Override
        public void token(int number) {
            body.writeBytes(TokenText.of(System.nanoTime(), number));
        }

        @Override
        public void flush() {
            channel.flush();
        }

        @Override
        public void end() {
            body.writeBytes(
                    bytes("\"},\"logprobs\":null,\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":10}}"));
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            channel.write(response);
        }
    }
}
