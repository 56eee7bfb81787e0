package com.peerllm.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * A consumer's connection that is kept open: one request at a time, and the moment at which each token of the answer was read
 * from the socket. Lives on one event loop; {@link #ask} may be called from anywhere.
 */
final class ConsumerConnection extends ChannelInboundHandlerAdapter {
    private final Target target;
    private final Channel channel;
    private ByteBuf unread = Unpooled.buffer(4096);
    private AnswerTimes answer;

    /**
     * Where to ask.
     *
     * @param key empty where none is wanted
     */
    record Target(String name, int port, String key) {}

    /** Opens it. */
    ConsumerConnection(Target target, EventLoop loop) {
        this.target = target;
        this.channel = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel opened) {
                        opened.pipeline().addLast(new HttpClientCodec(), ConsumerConnection.this);
                    }
                })
                .connect("127.0.0.1", target.port())
                .syncUninterruptibly()
                .channel();
    }

    Target target() {
        return target;
    }

    /**
     * Asks, and is done at the end of the answer.
     *
     * @param answer is told all that happens
     */
    CompletableFuture<AnswerTimes> ask(String json, AnswerTimes answer) {
        byte[] request = ("POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer "
                        + target.key() + "\r\ncontent-type: application/json\r\ncontent-length: " + json.length()
                        + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.US_ASCII);
        channel.eventLoop().execute(() -> {
            this.answer = answer;
            answer.sent(System.nanoTime());
            // Past the codec, which only has to read.
            channel.pipeline().firstContext().writeAndFlush(Unpooled.wrappedBuffer(request));
        });
        return answer.whole();
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            long now = System.nanoTime();
            if (message instanceof HttpResponse head)
                answer.status(head.status().code());
            if (message instanceof HttpContent content) {
                unread.writeBytes(content.content());
                boolean last = message instanceof LastHttpContent;
                unread.readerIndex(answer.read(unread, last, now));
                unread.discardSomeReadBytes();
                if (last) {
                    unread.clear();
                    answer.ended(now);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (answer != null) answer.lost("the connection closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (answer != null) answer.lost(failure.toString());
        context.close();
    }
}
