package com.peerllm.benchmarks.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The floors, in one process on one event loop: the mock engine that speaks HTTP and server-sent events to the consumer itself,
 * with no network of hosts between, and a plain TCP echo. It says its two ports.
 */
@Command(name = "DirectServer", mixinStandardHelpOptions = true)
public final class DirectServer implements Callable<Integer> {
    private static final int MOST_BODY_BYTES = 1 << 20;
    private static final int BACKLOG = 4096;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DirectServer()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        int http = listen(loop, () -> new ChannelHandler[] {
            new HttpServerCodec(), new HttpObjectAggregator(MOST_BODY_BYTES), new DirectAnswers()
        });
        int echo = listen(loop, () -> new ChannelHandler[] {new Echo()});
        System.out.println("Ports " + http + " " + echo);
        loop.terminationFuture().await();
        return 0;
    }

    private static int listen(EventLoopGroup loop, Supplier<ChannelHandler[]> handlers) throws InterruptedException {
        InetSocketAddress bound = (InetSocketAddress) new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(handlers.get());
                    }
                })
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .sync()
                .channel()
                .localAddress();
        return bound.getPort();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext channel, Object bytes) {
            channel.writeAndFlush(bytes);
        }
    }
}
