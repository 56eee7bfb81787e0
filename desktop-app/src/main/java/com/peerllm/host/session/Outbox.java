package com.peerllm.host.session;

import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.TokenFrame;
import com.peerllm.shared.wire.WireCodec;
import okhttp3.WebSocket;
import okio.ByteString;

/**
 * What this host still has to send on one connection, never more than a bound. Token path: one call for each decode step of
 * each answer.
 */
final class Outbox {
    /** At a megabit per second this is two seconds' worth: an answer further behind is too slow to be of use. */
    static final long MOST_WAITING_BYTES = 256 * 1024;

    /** Vectors are sent only while less waits than this, so that they never make an answer beside them too slow. */
    static final long ROOM_FOR_VECTORS_BYTES = 64 * 1024;

    private final WebSocket socket;

    Outbox(WebSocket socket) {
        this.socket = socket;
    }

    /** Sends a control message, or nothing when the connection has ended. */
    void say(FromHost message) {
        socket.send(WireCodec.encode(message));
    }

    /** @return false when the connection has ended or takes tokens more slowly than they are made */
    boolean deliver(TokenFrame frame) {
        if (socket.queueSize() > MOST_WAITING_BYTES) return false;
        return socket.send(ByteString.of(frame.encode()));
    }

    boolean hasRoomForVectors() {
        return socket.queueSize() < ROOM_FOR_VECTORS_BYTES;
    }

    /** Sends a vector, or nothing when the connection has ended. */
    void deliver(EmbeddingFrame frame) {
        socket.send(ByteString.of(frame.encode()));
    }
}
