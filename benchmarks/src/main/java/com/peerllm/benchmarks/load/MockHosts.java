package com.peerllm.benchmarks.load;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.Protocol;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Any number of mock hosts in one process, on one event loop; it says when all are connected. */
@Command(name = "MockHosts", mixinStandardHelpOptions = true)
public final class MockHosts implements Callable<Integer> {
    /** One address has about 28,000 ports to connect from. */
    private static final int HOSTS_PER_ADDRESS = 2_000;

    private static final int CONNECTING_AT_ONCE = 16;

    @Option(names = "--url", required = true, description = "ws://HOST:PORT of the orchestrator.")
    private URI url;

    @Option(names = "--hosts", defaultValue = "1")
    private int hosts;

    @Option(names = "--slots", defaultValue = "64")
    private int slots;

    @Option(names = "--reset-after", defaultValue = "0", paramLabel = "TOKENS")
    private int resetAfterTokens;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);

    public static void main(String[] args) {
        System.exit(new CommandLine(new MockHosts()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        CountDownLatch welcome = new CountDownLatch(hosts);
        for (int i = 0; i < hosts; i++) {
            connecting.acquire();
            connect(i, () -> {
                connecting.release();
                welcome.countDown();
            });
        }
        welcome.await();
        System.out.println("Connected " + hosts);
        loop.terminationFuture().await();
        return 0;
    }

    private void connect(int number, Runnable joined) {
        AtomicBoolean welcome = new AtomicBoolean();
        MockHost host = new MockHost(PeerIdentity.generate(), slots, resetAfterTokens, () -> {
            welcome.set(true);
            joined.run();
        });
        String from = "127.0.0." + (1 + number / HOSTS_PER_ADDRESS);
        Channel channel = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(pipeline(host))
                .connect(new InetSocketAddress(url.getHost(), url.getPort()), new InetSocketAddress(from, 0))
                .channel();
        channel.closeFuture().addListener(closed -> {
            // A host that was cut off comes back as another, so that the network has as many as before.
            if (!welcome.get()) connect(number, joined);
            else if (resetAfterTokens > 0) connect(number, () -> {});
        });
    }

    private ChannelInitializer<SocketChannel> pipeline(MockHost host) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline()
                        .addLast(
                                new HttpClientCodec(),
                                new HttpObjectAggregator(8192),
                                new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
                                        .webSocketUri(url.resolve(Protocol.PATH))
                                        .subprotocol(Protocol.SUBPROTOCOL)
                                        .version(WebSocketVersion.V13)
                                        .maxFramePayloadLength(Protocol.MAX_TEXT_BYTES)
                                        .build()),
                                host);
            }
        };
    }
}
