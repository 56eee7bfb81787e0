package com.peerllm.host.localapi;

import com.peerllm.host.answering.Hybrid;
import com.peerllm.host.answering.Network;
import com.peerllm.host.kernel.HostException;
import com.peerllm.shared.openai.ApiError;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Passes a request on to the network and its answer back, piece by piece as it comes. The network's key is added; the key of this
 * endpoint, cookies and whatever else a program sends stay here.
 */
final class Forwarding {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final long PIECE_BYTES = 8 * 1024;
    private static final List<String> THERE = List.of("accept", "idempotency-key", "x-peerllm-max-wait-ms");
    private static final List<String> BACK =
            List.of("retry-after", "retry-after-ms", "x-should-retry", "x-request-id", "openai-processing-ms");

    private final Network network;

    Forwarding(Network network) {
        this.network = network;
    }

    /**
     * Returns when the answer has left, or the program has.
     *
     * @return why there is none; then nothing was sent to the program, and somebody else may answer
     */
    Optional<HostException> forward(LocalExchange exchange, Hybrid.Remote remote) {
        LocalRequest request = exchange.request();
        Call call;
        try {
            call = network.ask(request.path(), renamed(request.body(), remote.id()), headers(request));
        } catch (HostException e) {
            return Optional.of(e);
        }
        exchange.whenGone(call::cancel);
        try (Response response = call.execute()) {
            boolean otherMayAnswer = response.code() >= 500 || response.code() == 429 || response.code() == 402;
            if (response.code() == 401 || otherMayAnswer && remote.otherwise().isPresent()) {
                return Optional.of(network.refusal(response));
            }
            passBack(exchange, response);
        } catch (IOException e) {
            if (exchange.hasBegun()) brokeOff(exchange);
            else return Optional.of(network.unreachable(e));
        }
        return Optional.empty();
    }

    private static byte[] renamed(byte[] body, String id) {
        ObjectNode object = (ObjectNode) JSON.readTree(body);
        return JSON.writeValueAsBytes(object.put("model", id));
    }

    private static Map<String, String> headers(LocalRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : THERE) request.header(name).ifPresent(value -> headers.put(name, value));
        return headers;
    }

    private static void passBack(LocalExchange exchange, Response response) throws IOException {
        for (String name : response.headers().names()) {
            String small = name.toLowerCase(Locale.ROOT);
            boolean known = BACK.contains(small) || small.startsWith("x-ratelimit-") || small.startsWith("x-peerllm-");
            if (known) exchange.header(small, response.header(name));
        }
        exchange.begin(response.code(), response.header("content-type", "application/json"));
        BufferedSource source = response.body().source();
        Buffer piece = new Buffer();
        while (source.read(piece, PIECE_BYTES) >= 0) {
            // A slow reader slows the network's answer, and nothing gathers here.
            if (!exchange.write(piece.readByteArray()).awaitUninterruptibly().isSuccess()) return;
        }
        exchange.end();
    }

    /** Only a stream can still say so; what is cut off otherwise is seen by its missing end. */
    private static void brokeOff(LocalExchange exchange) {
        if (exchange.isStream()) {
            exchange.error(ApiError.of(
                    503,
                    "service_unavailable",
                    "network_lost",
                    "The connection to the network ended before the answer did. Ask again."));
        } else {
            exchange.breakOff();
        }
    }
}
