package com.peerllm.orchestrator.api;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The connections of the port: how many there are, in all and from one address, and which of them are late. Lives on the event
 * loop.
 */
final class Connections {
    private final DoorLimits limits;
    private final LongSupplier nanoTime;
    private final Map<Channel, Visitor> visitors = new HashMap<>();
    private final Map<String, Integer> openByAddress = new HashMap<>();
    private long receivedBytes;

    /** @param nanoTime a clock that never goes back */
    Connections(DoorLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** A new one; when there are too many it is cut off at once. */
    void opened(HttpConnection connection) {
        ChannelHandlerContext handler = handler(connection);
        Channel channel = handler.channel();
        Optional<String> address = boundedAddress(channel);
        int open =
                address.map(each -> openByAddress.merge(each, 1, Integer::sum)).orElse(0);
        Visitor visitor = new Visitor(handler, limits, nanoTime, this);
        visitors.put(channel, visitor);
        channel.closeFuture().addListener(closed -> {
            visitors.remove(channel);
            visitor.bodyEnded();
            address.ifPresent(
                    each -> openByAddress.computeIfPresent(each, (any, count) -> count > 1 ? count - 1 : null));
        });
        if (visitors.size() > limits.connections() || open > limits.perAddress()) visitor.cutOff();
    }

    Visitor of(HttpServerRequest request) {
        return visitors.get(handler(request.connection()).channel());
    }

    /** It is a host's link from now on, which has limits of its own. */
    void becameHostLink(ServerWebSocket socket) {
        visitors.remove(((WebSocketInternal) socket).channelHandlerContext().channel());
    }

    /** To be called once a second. */
    void sweep() {
        for (Visitor visitor : List.copyOf(visitors.values())) visitor.check();
    }

    /** @return false when there is no room for so many more bytes of bodies */
    boolean receive(int bytes) {
        if (receivedBytes + bytes > limits.receivedBytes()) return false;
        receivedBytes += bytes;
        return true;
    }

    void release(long bytes) {
        receivedBytes -= bytes;
    }

    private static ChannelHandlerContext handler(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext();
    }

    private Optional<String> boundedAddress(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) return Optional.empty();
        InetAddress address = remote.getAddress();
        if (address.isLoopbackAddress() && !limits.loopbackIsBounded()) return Optional.empty();
        byte[] bytes = address.getAddress();
        return Optional.of(HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes));
    }
}
