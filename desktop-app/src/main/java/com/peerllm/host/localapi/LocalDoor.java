package com.peerllm.host.localapi;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The open port of the local endpoint: takes connections and requests within limits, and gives each whole request on. */
final class LocalDoor implements AutoCloseable {
    static final int MOST_CONNECTIONS = 64;
    static final int MOST_LINE_BYTES = 4 * 1024;
    static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final int MOST_PIECE_BYTES = 64 * 1024;

    /** What may wait for a program that does not read its answer; then it is cut off. */
    private static final int MOST_UNREAD_BYTES = 1024 * 1024;

    private final EventLoopGroup loop;
    private final ChannelGroup open;

    /**
     * @param threads makes the one thread that moves the bytes
     * @param receiver of each whole request; is called on that thread and must not block
     */
    LocalDoor(ThreadFactory threads, Consumer<LocalExchange> receiver) {
        loop = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
        open = new DefaultChannelGroup(loop.next());
        bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, MOST_CONNECTIONS)
                .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(MOST_UNREAD_BYTES / 2, MOST_UNREAD_BYTES))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        welcome(channel, receiver);
                    }
                });
    }

    private final ServerBootstrap bootstrap;

    private void welcome(Channel channel, Consumer<LocalExchange> receiver) {
        // The doors themselves are in the group too.
        if (open.size() >= MOST_CONNECTIONS + 2) {
            channel.close();
            return;
        }
        open.add(channel);
        channel.pipeline()
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(MOST_LINE_BYTES)
                        .setMaxHeaderSize(MOST_HEADER_BYTES)
                        .setMaxChunkSize(MOST_PIECE_BYTES)))
                .addLast(new WholeRequests())
                .addLast(new LocalConnection(receiver));
    }

    /** @throws IOException when the port cannot be had */
    void listen(InetAddress address, int port) throws IOException {
        var bound = bootstrap.bind(new InetSocketAddress(address, port)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            if (bound.cause() instanceof IOException e) throw e;
            throw new IOException(bound.cause());
        }
        open.add(bound.channel());
    }

    /** Ends every connection; returns when nothing of it runs any more. */
    @Override
    public void close() {
        open.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
