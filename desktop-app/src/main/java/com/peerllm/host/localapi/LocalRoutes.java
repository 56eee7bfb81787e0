package com.peerllm.host.localapi;

import com.peerllm.host.kernel.HostException;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends each request of a program to where it belongs, when it may be served at all; each on a thread of its own. */
final class LocalRoutes {
    private static final Logger log = LoggerFactory.getLogger(LocalRoutes.class);
    private static final String MODELS = "/v1/models";

    private static final Map<String, String> METHODS = Map.of(
            "/healthz",
            "GET",
            MODELS,
            "GET",
            "/v1/chat/completions",
            "POST",
            "/v1/completions",
            "POST",
            "/v1/embeddings",
            "POST");

    private final LocalAnswering answering;
    private final LocalApiKey key;
    private final ThreadFactory threads;

    LocalRoutes(LocalAnswering answering, LocalApiKey key, ThreadFactory threads) {
        this.answering = answering;
        this.key = key;
        this.threads = threads;
    }

    /** @param homeNetwork whether other computers may reach the endpoint */
    Consumer<LocalExchange> receiver(boolean homeNetwork) {
        return exchange ->
                threads.newThread(() -> receive(exchange, homeNetwork)).start();
    }

    private void receive(LocalExchange exchange, boolean homeNetwork) {
        try {
            LocalRequest request = exchange.request();
            if (!HostHeader.isOurs(request.header("host"), homeNetwork)) {
                exchange.error(refused(
                        403,
                        "wrong_host",
                        "This endpoint does not answer under that name. Use an address, or localhost."));
            } else {
                serve(exchange, request);
            }
        } catch (InvalidRequest e) {
            exchange.error(e.error());
        } catch (HostException e) {
            // Clients try again by themselves after 503; here a person must do something first.
            exchange.header("x-should-retry", "false");
            exchange.error(ApiError.of(503, "service_unavailable", "not_available", e.sentence()));
        } catch (RuntimeException e) {
            log.error("A request to the local endpoint could not be served", e);
            exchange.error(ApiError.of(
                    500, "server_error", "internal_error", "Something unexpected happened; the log file says more."));
        }
    }

    private void serve(LocalExchange exchange, LocalRequest request) {
        String path = request.path();
        boolean oneModel = path.startsWith(MODELS + "/");
        String method = oneModel ? "GET" : METHODS.get(path);
        if (method == null) {
            exchange.error(refused(404, "not_found", "There is nothing at this address."));
        } else if (!method.equals(request.method())) {
            exchange.header("allow", method);
            exchange.error(refused(405, "method_not_allowed", "Use " + method + " at this address."));
        } else if (path.equals("/healthz")) {
            exchange.json(200, Map.of("status", "ok"));
        } else if (!key.accepts(request.header("authorization"))) {
            exchange.error(refused(
                    401,
                    "invalid_api_key",
                    "This endpoint needs its key: 'Authorization: Bearer local_...'. The settings of PeerLLM and"
                            + " `peerllm host api key` show it."));
        } else if (oneModel) {
            answering.model(exchange, decoded(path.substring(MODELS.length() + 1)));
        } else {
            switch (path) {
                case MODELS -> answering.models(exchange);
                case "/v1/chat/completions" -> answering.answer(exchange, AnswerForm.CHAT);
                case "/v1/completions" -> answering.answer(exchange, AnswerForm.TEXT);
                default -> answering.embed(exchange);
            }
        }
    }

    private static String decoded(String segment) {
        try {
            // A plus is a plus in a path.
            return java.net.URLDecoder.decode(segment.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    private static ApiError refused(int status, String code, String sentence) {
        return ApiError.of(status, "invalid_request_error", code, sentence);
    }
}
