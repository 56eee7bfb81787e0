package com.peerllm.host.localapi;

import com.peerllm.shared.openai.ApiError;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import tools.jackson.databind.json.JsonMapper;

/** Puts the pieces of a request together, up to the size that the network takes too. */
final class WholeRequests extends HttpObjectAggregator {
    static final int MOST_BODY_BYTES = 3 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    WholeRequests() {
        super(MOST_BODY_BYTES);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        ApiError error = ApiError.of(
                413,
                "invalid_request_error",
                "request_too_large",
                "The body has more than " + MOST_BODY_BYTES / 1024 + " KiB.");
        byte[] json = JSON.writeValueAsBytes(error.envelope());
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(error.status()), Unpooled.wrappedBuffer(json));
        response.headers()
                .set("content-type", "application/json")
                .set("connection", "close")
                .setInt("content-length", json.length);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
