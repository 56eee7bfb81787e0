package com.peerllm.orchestrator;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A plain TCP connection to the orchestrator that sends whatever a test wants, HTTP, WebSocket or neither. */
final class RawSocket implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    RawSocket(int port) {
        try {
            socket = new Socket();
            // Little room, so that not reading is felt soon.
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that has become a WebSocket on the hosts' path. */
    static RawSocket upgraded(int port, String... moreHeaders) {
        RawSocket socket = new RawSocket(port);
        socket.send("GET /hosts/connect HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: peerllm.v1\r\n" + String.join("", moreHeaders) + "\r\n");
        String head = socket.readHead();
        if (!head.contains(" 101 ")) throw new AssertionError(head);
        return socket;
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) {
        if (!trySend(bytes)) throw new AssertionError("The connection was cut off");
    }

    /** @return false when the connection is gone */
    boolean trySend(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends the same over and over until the connection is gone, or for so many times. @return whether it is gone */
    boolean floods(byte[] bytes, int times) {
        for (int i = 0; i < times; i++) if (!trySend(bytes)) return true;
        return false;
    }

    /** Sends one byte of the text after another, each a moment after the last, and then nothing, until the other side ends the connection. @return what came back */
    String drips(String text, Duration pause, Duration atMost) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        int[] sent = new int[1];
        await().pollInterval(pause).atMost(atMost).until(() -> {
            if (sent[0] < bytes.length && !trySend(new byte[] {bytes[sent[0]++]})) return true;
            return hasEnded(came);
        });
        return came.toString(StandardCharsets.UTF_8);
    }

    /** Whether the other side has ended the connection; what came until then is added. */
    private boolean hasEnded(ByteArrayOutputStream came) throws IOException {
        socket.setSoTimeout(1);
        byte[] some = new byte[4096];
        try {
            for (int count = socket.getInputStream().read(some);
                    count >= 0;
                    count = socket.getInputStream().read(some)) {
                came.write(some, 0, count);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Waits for the other side to end the connection. @return what came until then */
    String readAll() {
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        byte[] some = new byte[4096];
        try {
            for (int count = 0; count >= 0; count = socket.getInputStream().read(some)) came.write(some, 0, count);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The connection is still open; so far came: " + came, e);
        } catch (IOException e) {
            // Reset: ended as well.
            return came.toString(StandardCharsets.UTF_8);
        }
        return came.toString(StandardCharsets.UTF_8);
    }

    String readHead() {
        StringBuilder head = new StringBuilder();
        try {
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) break;
                head.append((char) next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return head.toString();
    }

    /** The next text message from the other side, which never cuts or masks them. */
    String readTextFrame() {
        try {
            var in = socket.getInputStream();
            for (; ; ) {
                int opcode = in.read() & 0x0F;
                int length = in.read();
                if (length == 126) length = ByteBuffer.wrap(in.readNBytes(2)).getShort() & 0xFFFF;
                if (length == 127)
                    length = (int) ByteBuffer.wrap(in.readNBytes(8)).getLong();
                byte[] payload = in.readNBytes(length);
                if (opcode == TEXT) return new String(payload, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A masked frame, as clients must send them; the mask is zero. @param first the first byte: FIN, reserved bits, opcode */
    static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
