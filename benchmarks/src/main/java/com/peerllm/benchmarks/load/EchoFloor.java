package com.peerllm.benchmarks.load;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** A loopback socket there and back, of as many bytes as an event has: the least that two hops between processes cost. */
final class EchoFloor {
    private static final int BYTES = 330;
    private static final int TRIPS = 2_000;
    private static final long BETWEEN_TRIPS_NANOS = 500_000;

    private final int port;

    EchoFloor(Rig rig) {
        this.port = rig.echoPort();
    }

    void measure(Histogram nanos) throws IOException {
        byte[] bytes = new byte[BYTES];
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            for (int trip = 0; trip < TRIPS; trip++) {
                LockSupport.parkNanos(BETWEEN_TRIPS_NANOS);
                long sent = System.nanoTime();
                socket.getOutputStream().write(bytes);
                socket.getInputStream().readNBytes(bytes, 0, BYTES);
                nanos.recordValue(System.nanoTime() - sent);
            }
        }
    }
}
