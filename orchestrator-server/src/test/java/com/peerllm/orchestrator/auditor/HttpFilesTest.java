package com.peerllm.orchestrator.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.audit.MissingFile;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.Tile;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are slow, endless, busy or broken end an audit's request in time and by name. */
@Timeout(60)
class HttpFilesTest {
    private static final HttpFiles.Patience SHORT =
            new HttpFiles.Patience(Duration.ofSeconds(2), 3, Duration.ofMillis(1));

    /** What one path does. */
    private interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private HttpFiles files;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.computeIfAbsent(path, each -> new AtomicInteger()).incrementAndGet();
            try (exchange) {
                pages.getOrDefault(path, status(404)).answer(exchange);
            }
        });
        server.start();
        files = new HttpFiles(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/log"), SHORT);
    }

    @AfterEach
    void stop() {
        over.countDown();
        files.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static Page status(int code) {
        return exchange -> exchange.sendResponseHeaders(code, -1);
    }

    private static Page body(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private int asked(String path) {
        return asked.getOrDefault(path, new AtomicInteger()).get();
    }

    @Test
    void readsWhatIsThere() throws IOException {
        pages.put("/log/checkpoint", body("note".getBytes(StandardCharsets.UTF_8)));
        pages.put("/log/tile/0/x001/234.p/2", body(new byte[64]));
        assertThat(files.checkpoint()).asString().isEqualTo("note");
        assertThat(files.read(new Tile(0, 1234, 2))).hasSize(64);
    }

    @Test
    void whatIsNotThereIsAskedForOnce() {
        assertThatThrownBy(() -> files.read(new Tile(0, 7, 256))).isInstanceOf(MissingFile.class);
        assertThat(asked("/log/tile/0/007")).isEqualTo(1);
    }

    @Test
    void anEndlessBodyIsGivenUpAsSoonAsItIsTooLong() {
        pages.put("/log/tile/0/000", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) out.write(new byte[4096]);
            }
        });
        assertThatThrownBy(() -> files.read(new Tile(0, 0, 256)))
                .isInstanceOf(InvalidLogData.class)
                .hasMessage("tile/0/000 has more than 8192 bytes");
    }

    @Test
    void aBodyThatDoesNotEndInTimeIsGivenUp() {
        pages.put("/log/tile/0/000", exchange -> {
            exchange.sendResponseHeaders(200, 8192);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            await();
        });
        assertThatThrownBy(() -> files.read(new Tile(0, 0, 256)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("took longer than 2 s");
        assertThat(asked("/log/tile/0/000")).isEqualTo(3);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        pages.put("/log/checkpoint", exchange -> await());
        assertThatThrownBy(() -> files.checkpoint()).isInstanceOf(IOException.class);
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoIsBusyIsAskedAgain() throws IOException {
        pages.put("/log/checkpoint", exchange -> {
            if (asked("/log/checkpoint") == 1) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                status(429).answer(exchange);
            } else if (asked("/log/checkpoint") == 2) {
                status(502).answer(exchange);
            } else {
                body(new byte[3]).answer(exchange);
            }
        });
        assertThat(files.checkpoint()).hasSize(3);
    }

    @Test
    void whoStaysBusyIsNamed() {
        pages.put("/log/checkpoint", status(503));
        assertThatThrownBy(() -> files.checkpoint()).hasMessageEndingWith("/log/checkpoint answered with status 503");
        assertThat(asked("/log/checkpoint")).isEqualTo(3);
    }

    @Test
    void nobodyThereIsNamed() {
        server.stop(0);
        assertThatThrownBy(() -> files.checkpoint())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be read");
    }
}
