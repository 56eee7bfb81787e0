package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.admin.Administration;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;

/**
 * The one route under {@code /admin}, for the command line of the same computer: runs an administration command in the
 * orchestrator that has the database open. The token stands in the data folder, readable by its owner only.
 */
final class AdminApi {
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final Administration administration;
    private final byte[] token;
    private final Executor loop;
    private final Executor blocking;

    AdminApi(Administration administration, String token, Executor loop, Executor blocking) {
        this.administration = administration;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.loop = loop;
        this.blocking = blocking;
    }

    void command(Exchange exchange) {
        String header = exchange.request.getHeader("authorization");
        byte[] sent = header == null ? new byte[0] : header.getBytes(StandardCharsets.UTF_8);
        byte[] wanted = ("Bearer " + new String(token, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(sent, wanted)) {
            exchange.error(ApiError.of(401, "invalid_request_error", "invalid_admin_token", "Not an administrator."));
            return;
        }
        exchange.body(MAX_BODY_BYTES).onComplete(read -> {
            if (read.failed()) {
                exchange.error(ApiError.badRequest("invalid_body", null, "The command could not be read."));
            } else {
                blocking.execute(() -> run(exchange, read.result()));
            }
        });
    }

    private void run(Exchange exchange, byte[] body) {
        Object result;
        try {
            JsonNode command = Exchange.parse(body);
            result = administration.run(command);
        } catch (InvalidRequest e) {
            loop.execute(() -> exchange.error(e.error()));
            return;
        } catch (RuntimeException e) {
            loop.execute(
                    () -> exchange.error(ApiError.badRequest("command_failed", null, String.valueOf(e.getMessage()))));
            return;
        }
        loop.execute(() -> exchange.json(200, result));
    }
}
