package com.peerllm.orchestrator.transparency;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.ConsistencyProof;
import com.peerllm.shared.transparency.Cosignature;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.NoteKey;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.TreeHash;
import com.peerllm.shared.transparency.TreeHasher;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A witness of one log on a real port, as C2SP tlog-witness has it. */
final class TestWitness implements AutoCloseable {
    static final String NAME = "witness.example";

    final PeerIdentity identity = PeerIdentity.generate();
    final AtomicInteger conflicts = new AtomicInteger();
    final AtomicInteger signed = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    /** With what it signs. */
    volatile PeerIdentity pen = identity;
    /** Until this is open it does not answer. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    volatile long size;
    volatile TreeHash root = TreeHasher.EMPTY_ROOT;
    private final LogVerifier log;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TestWitness(LogVerifier log) throws IOException {
        this.log = log;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(threads);
        server.createContext("/w/add-checkpoint", this::addCheckpoint);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/w/");
    }

    NoteKey key() {
        return NoteKey.ofWitness(NAME, identity.publicKey());
    }

    private void addCheckpoint(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            gate.await();
            answer(exchange, body);
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private synchronized void answer(HttpExchange exchange, String body) throws IOException {
        int blank = body.indexOf("\n\n");
        String[] lines = body.substring(0, blank).split("\n");
        long old = Long.parseLong(lines[0].substring("old ".length()));
        List<TreeHash> hashes = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) hashes.add(TreeHash.parseBase64(lines[i]));
        Checkpoint checkpoint;
        SignedNote note;
        try {
            note = SignedNote.parse(body.substring(blank + 2).getBytes(StandardCharsets.UTF_8));
            checkpoint = log.open(note);
        } catch (InvalidLogData e) {
            send(exchange, 403, e.getMessage());
            return;
        }
        if (old != size) {
            conflicts.incrementAndGet();
            exchange.getResponseHeaders().add("content-type", "text/x.tlog.size");
            send(exchange, 409, size + "\n");
        } else if (!new ConsistencyProof(old, checkpoint.size(), hashes)
                .verify(root, checkpoint.root())
                .holds()) {
            send(exchange, 422, "the proof does not hold");
        } else {
            size = checkpoint.size();
            root = checkpoint.root();
            signed.incrementAndGet();
            send(
                    exchange,
                    200,
                    Cosignature.sign(NAME, pen, checkpoint, 1_795_000_000).line() + "\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
