package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.accounts.Scope;
import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.admin.AdminException;
import com.peerllm.orchestrator.admin.Administration;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The routes under {@code /admin/v1}, for programs that hold a key with the scope {@code admin}. Lives on the event loop;
 * the commands run off it.
 */
final class AdminHttp {
    static final String PATH = "/admin/v1/";

    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final KeyGate gate;
    private final Administration administration;
    private final Executor loop;
    private final Executor blocking;

    AdminHttp(KeyGate gate, Administration administration, Executor loop, Executor blocking) {
        this.gate = gate;
        this.administration = administration;
        this.loop = loop;
        this.blocking = blocking;
    }

    void receive(Exchange exchange) {
        Optional<Caller> caller = gate.admit(exchange, Scope.ADMIN);
        if (caller.isEmpty()) return;
        String by = "key " + caller.get().keyId();
        String method = exchange.request.method().name();
        String path = exchange.request.path().substring(PATH.length());
        MultiMap query = exchange.request.params();
        exchange.body(MAX_BODY_BYTES)
                .onComplete(read -> ConsumerApi.answered(exchange, () -> {
                    if (read.failed()) throw read.cause();
                    blocking.execute(() -> run(exchange, by, () -> command(method, path, query, read.result())));
                }));
    }

    private void run(Exchange exchange, String by, Supplier<AdminCommand> command) {
        ConsumerApi.Work answer;
        try {
            byte[] json = Exchange.toJson(administration.run(command.get(), by));
            answer = () -> exchange.json(200, json);
        } catch (AdminException e) {
            answer = () -> exchange.error(error(e));
        } catch (RuntimeException e) {
            answer = () -> {
                throw e;
            };
        }
        ConsumerApi.Work then = answer;
        loop.execute(() -> ConsumerApi.answered(exchange, then));
    }

    private static AdminCommand command(String method, String path, MultiMap query, byte[] body) {
        try {
            List<String> parts = Arrays.stream(path.split("/", -1))
                    .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                    .toList();
            return AdminRoutes.command(method, parts, name -> Optional.ofNullable(query.get(name)), body);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(ApiError.badRequest("invalid_value", null, e.getMessage() + "."));
        }
    }

    private static ApiError error(AdminException refused) {
        return switch (refused.kind()) {
            case INVALID -> ApiError.badRequest("invalid_value", null, refused.getMessage());
            case NOT_FOUND -> ApiError.of(404, "invalid_request_error", "not_found", refused.getMessage());
            case CONFLICT -> ApiError.of(409, "invalid_request_error", "conflict", refused.getMessage());
            case UNAVAILABLE -> ApiError.of(503, "service_unavailable", "ledger_unavailable", refused.getMessage());
        };
    }
}
