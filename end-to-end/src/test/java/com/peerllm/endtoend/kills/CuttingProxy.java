package com.peerllm.endtoend.kills;

import com.peerllm.shared.wire.TokenFrame;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Passes on one host's connection byte by byte and ends it at the very message that a test names: what the host had said
 * before has gone through, and nothing of that message has.
 */
final class CuttingProxy implements AutoCloseable {
    /** How a connection ends without a word. */
    enum Death {
        /** The process was killed: the system sends what was written, and then the end of the stream. */
        KILLED,
        /** The connection was reset: what the other side has not read yet is lost too. */
        RESET
    }

    private static final int BINARY = 2;
    private static final int TEXT = 1;

    /** Embedding frames have their first byte from here on. */
    private static final int NO_TOKEN_FRAME = 64;

    private final ServerSocket door;
    private final int orchestratorPort;
    private final Predicate<Passing> cutBefore;
    private final Death death;
    private final CountDownLatch cut = new CountDownLatch(1);
    private volatile Socket host;
    private volatile Socket orchestrator;

    /** @param cutBefore asked on the connection's thread for each message about an answer */
    CuttingProxy(int orchestratorPort, Predicate<Passing> cutBefore, Death death) throws IOException {
        this.death = death;
        this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.orchestratorPort = orchestratorPort;
        this.cutBefore = cutBefore;
        Thread.ofVirtual().name("proxy-door").start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    boolean awaitCut(long seconds) throws InterruptedException {
        return cut.await(seconds, TimeUnit.SECONDS);
    }

    boolean isCut() {
        return cut.getCount() == 0;
    }

    private void serve() {
        try {
            host = door.accept();
            door.close();
            orchestrator = new Socket(InetAddress.getLoopbackAddress(), orchestratorPort);
            host.setTcpNoDelay(true);
            orchestrator.setTcpNoDelay(true);
            Thread.ofVirtual().name("proxy-down").start(this::down);
            up();
        } catch (IOException e) {
            reset();
        }
    }

    private void down() {
        try {
            orchestrator.getInputStream().transferTo(host.getOutputStream());
            host.shutdownOutput();
        } catch (IOException e) {
            drain();
        }
    }

    /** A socket that is closed with something unread in it resets the connection. */
    private void drain() {
        try {
            orchestrator.getInputStream().transferTo(OutputStream.nullOutputStream());
            orchestrator.close();
        } catch (IOException e) {
            reset();
        }
    }

    private void up() throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(host.getInputStream()));
        OutputStream out = orchestrator.getOutputStream();
        passRequest(in, out);
        while (true) {
            Frame frame = Frame.read(in);
            if (frame == null) break;
            if (frame.isAboutAnAnswer() && cutBefore.test(frame.passing())) {
                die();
                cut.countDown();
                return;
            }
            out.write(frame.raw);
        }
        orchestrator.shutdownOutput();
    }

    /** The HTTP request that opens the WebSocket. */
    private static void passRequest(InputStream in, OutputStream out) throws IOException {
        int ends = 0;
        while (ends < 4) {
            int each = in.read();
            if (each < 0) throw new IOException("The host left");
            out.write(each);
            ends = each == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
        }
    }

    private void die() throws IOException {
        switch (death) {
            case RESET -> reset();
            case KILLED -> {
                orchestrator.shutdownOutput();
                host.setSoLinger(true, 0);
                host.close();
            }
        }
    }

    /** Both sides see the connection break. */
    private void reset() {
        for (Socket each : new Socket[] {host, orchestrator}) {
            if (each == null) continue;
            try {
                each.setSoLinger(true, 0);
                each.close();
            } catch (IOException gone) {
                // It is closed already, which is what was wanted.
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        reset();
    }

    /** A frame of the WebSocket as the host sent it, masked (RFC 6455, 5.2). */
    private record Frame(byte[] raw, int opcode, byte[] payload) {
        static Frame read(DataInputStream in) throws IOException {
            int first = in.read();
            if (first < 0) return null;
            int second = in.readUnsignedByte();
            int shortLength = second & 0x7f;
            int lengthBytes = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
            byte[] extended = in.readNBytes(lengthBytes);
            long length = lengthBytes == 0 ? shortLength : 0;
            for (byte each : extended) length = length << 8 | each & 0xff;
            byte[] mask = in.readNBytes((second & 0x80) == 0 ? 0 : 4);
            byte[] masked = in.readNBytes(Math.toIntExact(length));
            java.io.ByteArrayOutputStream raw = new java.io.ByteArrayOutputStream();
            raw.write(first);
            raw.write(second);
            raw.writeBytes(extended);
            raw.writeBytes(mask);
            raw.writeBytes(masked);
            byte[] payload = masked.clone();
            for (int i = 0; mask.length > 0 && i < payload.length; i++) payload[i] ^= mask[i % 4];
            return new Frame(raw.toByteArray(), first & 0x0f, payload);
        }

        boolean isAboutAnAnswer() {
            if (opcode == BINARY) return payload.length > 0 && payload[0] >= 0 && payload[0] < NO_TOKEN_FRAME;
            return opcode == TEXT
                    && new String(payload, StandardCharsets.UTF_8).startsWith("{\"type\":\"job_finished\"");
        }

        Passing passing() {
            return opcode == BINARY ? new Passing.Tokens(TokenFrame.decode(payload)) : new Passing.Finished();
        }
    }
}
