package com.peerllm.endtoend.client;

import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A consumer: calls the network's OpenAI endpoint with an API key. Any number of threads may share one. */
public final class OpenAiClient implements AutoCloseable {
    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final String url;
    private final String apiKey;
    private final OkHttpClient http;

    /** @param url of the orchestrator, without a path */
    public OpenAiClient(String url, String apiKey) {
        this.url = url;
        this.apiKey = apiKey;
        this.http = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(90))
                .retryOnConnectionFailure(false)
                .connectionPool(new ConnectionPool())
                .build();
    }

    /**
     * Asks and reads the whole answer.
     *
     * @throws RefusedException when the network does not take the request
     */
    public ChatAnswer chat(ChatRequest request) {
        HttpAnswer answer = post("/v1/chat/completions", request.json(false));
        if (answer.status() != 200) throw new RefusedException(answer);
        return ChatAnswer.of(answer.json());
    }

    /**
     * Asks; the answer is read from what this returns as soon as its first bytes are there.
     *
     * @throws RefusedException when the network does not take the request
     */
    public AnswerStream stream(ChatRequest request) {
        Call call = http.newCall(
                request("/v1/chat/completions").post(body(request.json(true))).build());
        long sentNanos = System.nanoTime();
        try {
            Response response = call.execute();
            if (response.code() == 200) return new AnswerStream(call, response, sentNanos);
            throw new RefusedException(whole(response));
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
    }

    public HttpAnswer post(String path, String json) {
        return send(request(path).post(body(json)).build());
    }

    /** The same with one header more. */
    public HttpAnswer post(String path, String json, String header, String value) {
        return send(request(path).header(header, value).post(body(json)).build());
    }

    public HttpAnswer get(String path) {
        return send(request(path).get().build());
    }

    /** The receipts of one answer; none until it is settled, a moment after its end. */
    public List<Receipt> receipts(JobId job) {
        HttpAnswer answer = get("/v1/receipts/" + job.value());
        List<Receipt> receipts = new ArrayList<>();
        if (answer.status() == 404) return receipts;
        if (answer.status() != 200) throw new RefusedException(answer);
        for (JsonNode each : answer.json().path("data")) receipts.add(JSON.treeToValue(each, Receipt.class));
        return receipts;
    }

    /** What the key's account can spend now. */
    public Credits balance() {
        HttpAnswer answer = get("/v1/balance");
        if (answer.status() != 200) throw new RefusedException(answer);
        return new Credits(answer.json().path("available_nanodollars").asLong());
    }

    private HttpAnswer send(Request request) {
        try {
            return whole(http.newCall(request).execute());
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
    }

    private static HttpAnswer whole(Response response) throws IOException {
        try (response) {
            return new HttpAnswer(
                    response.code(), response.headers(), response.body().string());
        }
    }

    private Request.Builder request(String path) {
        return new Request.Builder().url(url + path).header("authorization", "Bearer " + apiKey);
    }

    private static RequestBody body(String json) {
        return RequestBody.create(json, JSON_TYPE);
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
