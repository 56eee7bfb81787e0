package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.hosts.HostHub;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.wire.Protocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one port: consumers' HTTP, hosts' WebSocket, health. Sends each request to its room. Lives on the event loop. */
public final class HttpDoor {
    /** A connection on which nothing moves for so long is closed; hosts send heartbeats, and jobs have deadlines. */
    private static final int IDLE_SECONDS = 180;

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_REQUEST_LINE_BYTES = 4 * 1024;
    private static final Set<HttpMethod> METHODS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.OPTIONS);
    private static final String JOB_RECEIPTS = "/v1/receipts/";
    private static final String MODEL = "/v1/models/";

    private final HttpServer server;
    private final ConsumerApi consumers;
    private final StatusApi status;
    private final HostHub hub;
    private final RequestLog log;
    private final SecureRandom random;

    /**
     * Where to listen.
     *
     * @param port 0 for any free one
     */
    public record Address(String host, int port, Optional<Tls> tls) {}

    /** PEM files of the certificate chain and its private key. */
    public record Tls(String certificate, String key) {}

    public HttpDoor(Vertx vertx, Address address, ApiRooms rooms, HostHub hub, SecureRandom random) {
        this.consumers = rooms.consumers();
        this.status = rooms.status();
        this.log = rooms.log();
        this.hub = hub;
        this.random = random;
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setTcpNoDelay(true)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxWebSocketFrameSize(Protocol.MAX_TEXT_BYTES)
                .setMaxWebSocketMessageSize(Protocol.MAX_TEXT_BYTES)
                .setWebSocketSubProtocols(List.of(Protocol.SUBPROTOCOL));
        address.tls()
                .ifPresent(tls -> options.setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(tls.certificate())
                                .addKeyPath(tls.key())));
        server = vertx.createHttpServer(options)
                .requestHandler(this::route)
                .webSocketHandshakeHandler(this::handshake)
                .webSocketHandler(hub::connected);
    }

    /** @return the port that is listened on */
    public Future<Integer> open() {
        return server.listen().map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        return server.close();
    }

    private void handshake(ServerWebSocketHandshake offer) {
        if (offer.path().equals(Protocol.PATH)) {
            offer.accept();
        } else {
            offer.reject(404);
        }
    }

    private void route(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, requestId());
        String path = request.path() == null ? "" : request.path();
        HttpMethod method = request.method();
        log.begin(exchange, routeName(method, path));
        if (method == HttpMethod.OPTIONS) {
            preflight(exchange);
        } else if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            get(exchange, path);
        } else if (method == HttpMethod.POST) {
            post(exchange, path);
        } else {
            exchange.error(ApiError.of(405, "invalid_request_error", "method_not_allowed", "Use GET or POST."));
        }
    }

    /** A closed set of names, so that nothing a consumer sends gets into a log or a metric. */
    private static String routeName(HttpMethod method, String path) {
        String known = switch (path) {
            case "/v1/models", "/v1/balance", "/healthz", "/readyz", "/hosts" -> path;
            case "/v1/chat/completions", "/v1/embeddings" -> path;
            default ->
                path.startsWith(MODEL)
                        ? MODEL + "{id}"
                        : path.startsWith(JOB_RECEIPTS) ? JOB_RECEIPTS + "{job}" : "other";
        };
        return METHODS.contains(method) ? method.name() + " " + known : "other";
    }

    private void get(Exchange exchange, String path) {
        switch (path) {
            case "/v1/models" -> consumers.listModels(exchange);
            case "/v1/balance" -> consumers.balance(exchange);
            case "/healthz" -> status.healthz(exchange);
            case "/readyz" -> status.readyz(exchange);
            case "/hosts" -> status.hosts(exchange);
            case "/v1/chat/completions", "/v1/embeddings" ->
                exchange.error(ApiError.of(405, "invalid_request_error", "method_not_allowed", "Use POST."));
            default -> {
                if (path.startsWith(MODEL)) {
                    consumers.model(
                            exchange,
                            java.net.URLDecoder.decode(
                                    path.substring(MODEL.length()), java.nio.charset.StandardCharsets.UTF_8));
                } else if (path.startsWith(JOB_RECEIPTS)) {
                    consumers.receipts(exchange, path.substring(JOB_RECEIPTS.length()));
                } else {
                    notFound(exchange);
                }
            }
        }
    }

    private void post(Exchange exchange, String path) {
        switch (path) {
            case "/v1/chat/completions" -> consumers.chatCompletions(exchange);
            case "/v1/embeddings" -> consumers.embeddings(exchange);
            default -> notFound(exchange);
        }
    }

    private static void notFound(Exchange exchange) {
        exchange.error(ApiError.of(404, "invalid_request_error", "not_found", "There is nothing at this address."));
    }

    /** Lets a page in a browser call the endpoint with a key. */
    private static void preflight(Exchange exchange) {
        exchange.response
                .putHeader("access-control-allow-methods", "GET, POST, OPTIONS")
                .putHeader("access-control-allow-headers", "*, authorization, content-type")
                .putHeader("access-control-max-age", "86400")
                .setStatusCode(204)
                .end();
    }

    private String requestId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return "req_" + HexFormat.of().formatHex(bytes);
    }
}
