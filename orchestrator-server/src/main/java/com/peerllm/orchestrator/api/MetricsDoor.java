package com.peerllm.orchestrator.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;

/** A port of its own for Prometheus, so that whoever reaches the consumers' port does not see the metrics. Lives on the event loop. */
public final class MetricsDoor {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final Supplier<String> scrape;

    public MetricsDoor(Vertx vertx, HttpDoor.Address address, Supplier<String> scrape) {
        this.scrape = scrape;
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost(address.host()).setPort(address.port()))
                .requestHandler(this::route);
    }

    /** @return the port that is listened on */
    public Future<Integer> open() {
        return server.listen().map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        return server.close();
    }

    private void route(HttpServerRequest request) {
        if (request.method() == HttpMethod.GET && "/metrics".equals(request.path())) {
            request.response().putHeader("content-type", PROMETHEUS_TEXT).end(scrape.get());
        } else {
            request.response().setStatusCode(404).end("GET /metrics is all there is here.\n");
        }
    }
}
