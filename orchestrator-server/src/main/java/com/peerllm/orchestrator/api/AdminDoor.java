package com.peerllm.orchestrator.api;

import com.peerllm.shared.openai.ApiError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.LongSupplier;

/** A second port, on this computer only, for the administration command line. Lives on the event loop. */
public final class AdminDoor {
    private final HttpServer server;
    private final AdminApi admin;
    private final StatusApi status;
    private final LongSupplier nanoTime;
    private final Vertx vertx;
    private final Connections connections;
    private final long sweepTimer;

    /** @param nanoTime a clock that never goes back */
    public AdminDoor(Vertx vertx, ApiRooms rooms, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.vertx = vertx;
        this.admin = rooms.admin();
        this.status = rooms.status();
        this.connections = new Connections(DoorLimits.STANDARD, nanoTime);
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0).setHttp2ClearTextEnabled(false))
                .requestHandler(this::route)
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

    private void route(HttpServerRequest request) {
        Visitor visitor = connections.of(request);
        visitor.requestBegan();
        Exchange exchange = new Exchange(request, "admin", nanoTime, visitor);
        if (request.method() == HttpMethod.POST && "/admin/command".equals(request.path())) {
            admin.command(exchange);
        } else if (request.method() == HttpMethod.GET && "/readyz".equals(request.path())) {
            status.readyz(exchange);
        } else {
            exchange.error(ApiError.of(404, "invalid_request_error", "not_found", "There is nothing at this address."));
        }
    }
}
