package com.peerllm.host.modelstore;

import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.model.ModelDigest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model hub on this computer: a listing, addresses that redirect to another one each time as to a content network, and files
 * with ranges. Each request for a file takes the next of the prepared misdeeds; when there is none, it is answered well.
 */
public final class MisbehavingHub implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger signatures = new AtomicInteger();
    private volatile CountDownLatch end = new CountDownLatch(1);
    private volatile byte[] content;
    private volatile String etag = "\"one\"";

    /** What was asked for, in order. */
    public final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** A request for the file, after redirects. */
    public record Asked(String path, Optional<String> range, Optional<String> ifRange) {}

    /** How one request is answered. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    public MisbehavingHub(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/o/n/resolve/main/", this::redirect);
        server.createContext("/cdn/", this::file);
        server.createContext("/api/models/o/n/tree/main", this::listing);
        server.start();
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public URI address(String file) {
        return URI.create(base() + "/o/n/resolve/main/" + file);
    }

    Downloads.Listing listing(String file) {
        return new Downloads.Listing(URI.create(base() + "/api/models/o/n/tree/main"), file);
    }

    public ModelDigest digest() {
        return ModelDigest.of(Sha256.of(content));
    }

    public byte[] content() {
        return content;
    }

    /** From now on the file is another one. */
    public void change(byte[] next, String nextEtag) {
        content = next;
        etag = nextEtag;
    }

    public void next(Answer... prepared) {
        answers.addAll(List.of(prepared));
    }

    private void redirect(HttpExchange exchange) throws IOException {
        String file = exchange.getRequestURI().getPath().substring("/o/n/resolve/main/".length());
        exchange.getResponseHeaders().set("Location", "/cdn/" + file + "?signature=" + signatures.incrementAndGet());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void file(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestURI().toString(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Range"))));
        Answer answer = answers.poll();
        try {
            (answer == null ? well() : answer).to(exchange);
        } finally {
            exchange.close();
        }
    }

    /** In two pages; the file that is not in large-file storage has a Git hash only. */
    private void listing(HttpExchange exchange) throws IOException {
        boolean second = exchange.getRequestURI().getQuery().contains("cursor=2");
        String page = second
                ? """
                [{"type":"file","path":"q/model.gguf","size":%d,"oid":"%s","lfs":{"oid":"%s","size":%d,"pointerSize":130}}]""".formatted(content.length, "c".repeat(40), digest(), content.length)
                : """
                [{"type":"directory","path":"q","size":0,"oid":"%s"},
                 {"type":"file","path":"README.md","size":5,"oid":"%s"}]""".formatted("a".repeat(40), "b".repeat(40));
        if (!second)
            exchange.getResponseHeaders()
                    .set("Link", "<" + base() + "/api/models/o/n/tree/main?recursive=true&cursor=2>; rel=\"next\"");
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** As RFC 9110 has it. */
    Answer well() {
        return only(Integer.MAX_VALUE, () -> {});
    }

    /** The connection breaks after so many bytes. */
    public Answer cut(int bytes) {
        return only(bytes, () -> {});
    }

    /** Nothing more comes after so many bytes. */
    public Answer stall(int bytes) {
        return only(bytes, this::untilTheEnd);
    }

    private Answer only(int bytes, Runnable then) {
        return exchange -> {
            int from = from(exchange);
            byte[] now = content;
            if (from >= now.length) {
                exchange.getResponseHeaders().set("Content-Range", "bytes */" + now.length);
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            exchange.getResponseHeaders().set("ETag", etag);
            if (from > 0)
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (now.length - 1) + "/" + now.length);
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, now.length - from);
            OutputStream out = exchange.getResponseBody();
            out.write(now, from, Math.min(bytes, now.length - from));
            out.flush();
            then.run();
        };
    }

    private int from(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        if (range == null || condition != null && !condition.equals(etag)) return 0;
        return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    /** Sends all of it, whatever was asked for. */
    Answer deafToRanges() {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", etag);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        };
    }

    /** Says and sends another part than was asked for. */
    Answer wrongRange(int first) {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", etag);
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + first + "-" + (content.length - 1) + "/" + content.length);
            exchange.sendResponseHeaders(206, content.length - first);
            exchange.getResponseBody().write(content, first, content.length - first);
        };
    }

    public static Answer status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2)
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    static Answer page(String html) {
        return exchange -> {
            byte[] body = html.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    /** What stalls breaks off. */
    void breakStalled() {
        CountDownLatch before = end;
        end = new CountDownLatch(1);
        before.countDown();
    }

    private void untilTheEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
