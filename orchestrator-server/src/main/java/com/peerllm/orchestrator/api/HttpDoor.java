package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.hosts.HostHub;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.wire.Protocol;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The one port: consumers' HTTP, hosts' WebSocket, health. Sends each request to its room. Lives on the event loop. */
public final class HttpDoor {
    /** A connection on which nothing moves for so long is closed; hosts send heartbeats, and jobs have deadlines. */
    private static final int IDLE_SECONDS = 180;

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_REQUEST_LINE_BYTES = 4 * 1024;

    private final HttpServer server;
    private final ConsumerApi consumers;
    private final StatusApi status;
    private final AdminHttp admin;
    private final ReputationApi reputation;
    private final PayoutsApi payouts;
    private final ExplorerApi explorer;
    private final PricesRoute prices;
    private final LogApi transparency;
    private final ProofApi proofs;
    private final HostHub hub;
    private final RequestLog log;
    private final SecureRandom random;
    private final LongSupplier nanoTime;
    private final Vertx vertx;
    private final Connections connections;
    private final long sweepTimer;

    /**
     * Where to listen.
     *
     * @param port 0 for any free one
     */
    public record Address(String host, int port, Optional<Tls> tls, DoorLimits limits) {
        public Address(String host, int port, Optional<Tls> tls) {
            this(host, port, tls, DoorLimits.STANDARD);
        }
    }

    /** PEM files of the certificate chain and its private key. */
    public record Tls(String certificate, String key) {}

    /** @param nanoTime a clock that never goes back */
    public HttpDoor(
            Vertx vertx, Address address, ApiRooms rooms, HostHub hub, SecureRandom random, LongSupplier nanoTime) {
        this.consumers = rooms.consumers();
        this.status = rooms.status();
        this.admin = rooms.adminHttp();
        this.reputation = rooms.reputation();
        this.payouts = rooms.payouts();
        this.explorer = rooms.explorer();
        this.prices = rooms.prices();
        this.transparency = rooms.transparency();
        this.proofs = rooms.proofs();
        this.log = rooms.log();
        this.hub = hub;
        this.random = random;
        this.nanoTime = nanoTime;
        this.vertx = vertx;
        this.connections = new Connections(address.limits(), nanoTime);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setTcpNoDelay(true)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setMaxWebSocketFrameSize(Protocol.MAX_HOST_TEXT_BYTES)
                .setMaxWebSocketMessageSize(Protocol.MAX_HOST_TEXT_BYTES)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketSubProtocols(List.of(Protocol.SUBPROTOCOL));
        address.tls()
                .ifPresent(tls -> options.setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(tls.certificate())
                                .addKeyPath(tls.key())));
        server = vertx.createHttpServer(options)
                .requestHandler(this::route)
                .invalidRequestHandler(this::unreadable)
                .webSocketHandshakeHandler(this::handshake)
                .webSocketHandler(this::hostConnected)
                .connectionHandler(connections::opened);
        sweepTimer = vertx.setPeriodic(1_000, tick -> connections.sweep());
    }

    /** @return the port that is listened on */
    public Future<Integer> open() {
        return server.listen().map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        vertx.cancelTimer(sweepTimer);
        return server.close();
    }

    private void handshake(ServerWebSocketHandshake offer) {
        if (offer.path().equals(Protocol.PATH)) {
            offer.accept();
        } else {
            offer.reject(404);
        }
    }

    private void hostConnected(ServerWebSocket socket) {
        connections.becameHostLink(socket);
        hub.connected(socket);
    }

    private void route(HttpServerRequest request) {
        Visitor visitor = connections.of(request);
        if (request.response().writeQueueFull()) {
            // More requests, and the answers before are not read.
            visitor.cutOff();
            return;
        }
        visitor.requestBegan();
        Exchange exchange = new Exchange(request, requestId(), nanoTime, visitor);
        String path = request.path() == null ? "" : request.path();
        HttpMethod method = request.method();
        log.begin(exchange, routeName(method, path));
        if (method == HttpMethod.OPTIONS) {
            preflight(exchange);
        } else if (path.startsWith(AdminHttp.PATH)) {
            admin.receive(exchange);
        } else {
            Route.find(request.method(), path)
                    .ifPresentOrElse(found -> serve(exchange, found), () -> nothingThere(exchange, path));
        }
    }

    private static String routeName(HttpMethod method, String path) {
        return path.startsWith(AdminHttp.PATH) ? AdminRoutes.nameOf(method.name(), path) : Route.nameOf(method, path);
    }

    private void serve(Exchange exchange, Route.Match found) {
        switch (found.route()) {
            case LIST_MODELS -> consumers.listModels(exchange);
            case MODEL -> consumers.model(exchange, found.parameter());
            case CHAT_COMPLETIONS -> consumers.chatCompletions(exchange);
            case COMPLETIONS -> consumers.completions(exchange);
            case EMBEDDINGS -> consumers.embeddings(exchange);
            case BALANCE -> consumers.balance(exchange);
            case REDEEM_VOUCHER -> consumers.redeemVoucher(exchange);
            case RECEIPTS -> consumers.receipts(exchange, found.parameter());
            case HOSTS -> status.hosts(exchange);
            case HOST_REPUTATION -> reputation.reputation(exchange, found.parameter());
            case HOST_EVIDENCE -> reputation.evidence(exchange, found.parameter());
            case HOST_PAYOUTS -> payouts.statement(exchange, found.parameter());
            case HOST_PAYEE -> payouts.payee(exchange, found.parameter());
            case LEDGER -> explorer.totals(exchange);
            case LEDGER_ENTRIES -> explorer.entries(exchange);
            case LEDGER_ENTRY -> explorer.entry(exchange, found.parameter());
            case LEDGER_HOSTS -> explorer.hosts(exchange);
            case LEDGER_HOST_ENTRIES -> explorer.hostEntries(exchange, found.parameter());
            case LEDGER_HOST -> explorer.host(exchange, found.parameter());
            case LEDGER_MODELS -> explorer.models(exchange);
            case LEDGER_MODELS_RECENT -> explorer.recentPay(exchange);
            case LEDGER_JOB -> explorer.job(exchange, found.parameter());
            case LEDGER_EXPORT -> explorer.export(exchange);
            case LEDGER_PAGE -> explorer.page(exchange);
            case PRICES -> prices.send(exchange, found.parameter());
            case BALANCE_PROOF -> consumers.balanceProof(exchange);
            case HOST_BALANCE_PROOF -> proofs.hostBalance(exchange, found.parameter());
            case LOG_CHECKPOINT -> transparency.checkpoint(exchange);
            case LOG_CHECKPOINT_WITNESSED -> transparency.witnessedCheckpoint(exchange);
            case LOG_TILE -> transparency.tile(exchange, found.parameter());
            case LOG_ADD_COSIGNATURE -> transparency.addCosignature(exchange);
            case PROOF_OF_INCLUSION -> proofs.inclusion(exchange);
            case PROOF_OF_CONSISTENCY -> proofs.consistency(exchange);
            case PROOF_OF_RECEIPT -> proofs.receipt(exchange, found.parameter());
            case HEALTHZ -> status.healthz(exchange);
            case READYZ -> status.readyz(exchange);
        }
    }

    private static void nothingThere(Exchange exchange, String path) {
        String allowed = Route.methodsAt(path).stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            exchange.error(ApiError.of(404, "invalid_request_error", "not_found", "There is nothing at this address."));
        } else {
            exchange.response.putHeader("allow", allowed);
            exchange.error(ApiError.of(
                    405, "invalid_request_error", "method_not_allowed", "Use " + allowed + " at this address."));
        }
    }

    /** What is no HTTP, or has a longer address or more headers than are read; the connection is closed after the answer. */
    private void unreadable(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, requestId(), nanoTime, connections.of(request));
        log.begin(exchange, "unreadable");
        exchange.response.putHeader("connection", "close");
        Throwable cause = request.decoderResult().cause();
        exchange.error(
                switch (cause) {
                    case TooLongHttpLineException line ->
                        ApiError.of(
                                414,
                                "invalid_request_error",
                                "address_too_long",
                                "The request line has more than " + MAX_REQUEST_LINE_BYTES / 1024 + " KiB.");
                    case TooLongHttpHeaderException headers ->
                        ApiError.of(
                                431,
                                "invalid_request_error",
                                "headers_too_large",
                                "The headers have more than " + MAX_HEADER_BYTES / 1024 + " KiB.");
                    case null, default ->
                        ApiError.of(400, "invalid_request_error", "invalid_http", "This is not HTTP.");
                });
    }

    /** Lets a page in a browser call the endpoint with a key. */
    private static void preflight(Exchange exchange) {
        exchange.response
                .putHeader("access-control-allow-methods", "GET, POST, OPTIONS")
                .putHeader("access-control-allow-headers", "*, authorization, content-type, idempotency-key")
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
