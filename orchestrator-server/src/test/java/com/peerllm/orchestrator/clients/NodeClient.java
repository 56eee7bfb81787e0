package com.peerllm.orchestrator.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of Node.js: one process that makes calls as {@code calls.mjs} describes, until it is closed. */
public final class NodeClient implements ForeignClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PATIENCE_SECONDS = 60;

    private final Process node;
    private final Writer calls;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();

    NodeClient(Path folder, String script) {
        try {
            node = new ProcessBuilder("node", script)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Node.js 20 or newer is needed for this test: 'node' did not start", e);
        }
        calls = node.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode outcome = JSON.readTree(line);
                waiting.remove(outcome.path("id").asLong()).complete(outcome);
            }
        } catch (IOException e) {
            waiting.values().forEach(each -> each.completeExceptionally(e));
        }
        waiting.values().forEach(each -> each.completeExceptionally(new IOException("Node.js has ended")));
    }

    /** Makes a call of the script by its name. */
    public JsonNode call(String name, Settings settings, Object... args) {
        long id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> outcome = new CompletableFuture<>();
        waiting.put(id, outcome);
        try {
            synchronized (calls) {
                calls.write(JSON.writeValueAsString(
                                Map.of("id", id, "call", name, "settings", settings, "args", List.of(args)))
                        + "\n");
                calls.flush();
            }
            return valueOf(outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no outcome of '" + name + "'", e);
        }
    }

    private static JsonNode valueOf(JsonNode outcome) {
        JsonNode error = outcome.path("error");
        if (error.isMissingNode()) return outcome.path("value");
        if (error.path("type").asString().equals("NoSuchCall")) {
            throw new UnsupportedOperationException(
                    "The script has no call '" + error.path("message").asString() + "'");
        }
        throw new ClientFailure(
                error.path("type").asString(),
                error.path("status").asInt(),
                error.path("code").asString(""),
                error.path("message").asString(),
                null);
    }

    @Override
    public List<String> models(Settings settings) {
        return call("models", settings).valueStream().map(JsonNode::asString).toList();
    }

    @Override
    public Answer chat(Settings settings, String model, String prompt) {
        return answer(call("chat", settings, model, prompt));
    }

    @Override
    public Answer stream(Settings settings, String model, String prompt) {
        return answer(call("stream", settings, model, prompt));
    }

    private static Answer answer(JsonNode value) {
        return new Answer(
                value.path("text").asString(),
                value.path("pieces").asInt(),
                value.path("finishReason").asString(),
                value.path("promptTokens").asLong(),
                value.path("completionTokens").asLong());
    }

    @Override
    public String verdict(Settings settings, String model, String prompt) {
        return call("verdict", settings, model, prompt).asString();
    }

    @Override
    public String sums(Settings settings, String model, String prompt) {
        return call("sums", settings, model, prompt).asString();
    }

    @Override
    public String streamedSums(Settings settings, String model, String prompt) {
        return call("streamedSums", settings, model, prompt).asString();
    }

    @Override
    public List<List<Double>> embed(Settings settings, String model, List<String> texts) {
        return call("embed", settings, model, texts)
                .valueStream()
                .map(each -> each.valueStream().map(JsonNode::asDouble).toList())
                .toList();
    }

    @Override
    public void leave(Settings settings, String model, String prompt) {
        call("leave", settings, model, prompt);
    }

    @Override
    public void close() {
        node.destroy();
    }
}
