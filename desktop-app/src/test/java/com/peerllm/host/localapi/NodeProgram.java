package com.peerllm.host.localapi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A program of Node.js that asks the local endpoint with the official OpenAI client, see {@code calls.mjs}. */
final class NodeProgram implements AutoCloseable {
    private final Process node;
    private final Writer calls;
    private final BufferedReader outcomes;
    private final Map<String, Object> settings;

    NodeProgram(String baseUrl, String key) throws IOException {
        Path clients = Path.of("../orchestrator-server/src/test/clients")
                .toAbsolutePath()
                .normalize();
        if (!Files.isDirectory(clients.resolve("node_modules/openai"))) {
            throw new AssertionError(
                    "The clients of Node.js are not there. './peerllm test' fetches them; by hand: npm ci"
                            + " --ignore-scripts in orchestrator-server/src/test/clients.");
        }
        node = new ProcessBuilder("node", "openai.mjs")
                .directory(clients.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        calls = node.outputWriter(StandardCharsets.UTF_8);
        outcomes = node.inputReader(StandardCharsets.UTF_8);
        settings = Map.of("baseUrl", baseUrl, "apiKey", key, "retries", 0);
    }

    /** Makes a call of the script and waits for its value or error. */
    JsonNode call(String name, Object... args) throws IOException {
        begin(name, args);
        return next();
    }

    void begin(String name, Object... args) throws IOException {
        calls.write(LocalApiTester.JSON.writeValueAsString(
                        Map.of("id", 1, "call", name, "settings", settings, "args", List.of(args)))
                + "\n");
        calls.flush();
    }

    JsonNode next() throws IOException {
        JsonNode outcome = LocalApiTester.JSON.readTree(outcomes.readLine());
        return outcome.has("error") ? outcome.path("error") : outcome.path("value");
    }

    @Override
    public void close() {
        node.destroy();
    }
}
