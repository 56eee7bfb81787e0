package com.peerllm.host.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.jinja.TemplateException;
import com.peerllm.shared.openai.Reasoning;
import com.peerllm.shared.openai.ToolChoice;
import com.peerllm.shared.openai.ToolUse;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares our rendering of chat templates with llama.cpp's: every {@code .jinja} file of a folder, through {@code
 * /apply-template} of a llama-server. The templates are other people's text and stay out of the repository, so this is no test
 * of the build; {@code docs/templates.md} has the command and the result.
 */
class TemplateComparison {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BOS = "<s>";
    private static final String EOS = "<|end|>";
    private static final String TOOLS = """
            [{"type":"function","function":{"name":"get_weather","description":"The weather of a place.","parameters":
            {"type":"object","properties":{"city":{"type":"string","description":"A city."},
            "days":{"type":"integer"}},"required":["city"]}}}]""";

    /** Each what a family's template treats in its own way. */
    private static final Map<String, String> CHATS = chats();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> report = new ArrayList<>();

    /** One rendering: a prompt, or a refusal. */
    private record Rendered(Optional<String> prompt, String refusal) {
        boolean sameAs(Rendered other) {
            return prompt.map(Rendered::normal).equals(other.prompt.map(Rendered::normal));
        }

        /** llama.cpp takes a beginning-of-sequence token off the text and puts it before the ids; so do we, later. */
        private static String normal(String text) {
            return text.startsWith(BOS) ? text.substring(BOS.length()) : text;
        }
    }

    private static Map<String, String> chats() {
        String user = "{\"role\":\"user\",\"content\":\"What is 2 + 2?\"}";
        String system = "{\"role\":\"system\",\"content\":\"Be short.\"}";
        String assistant = "{\"role\":\"assistant\",\"content\":\"  Four — \\\"4\\\".\\n\"}";
        String call = """
                {"role":"assistant","content":"","tool_calls":[{"id":"call00001","type":"function","function":
                {"name":"get_weather","arguments":"{\\"city\\":\\"Löwen\\",\\"days\\":2}"}}]}""";
        String result =
                "{\"role\":\"tool\",\"tool_call_id\":\"call00001\",\"name\":\"get_weather\",\"content\":\"rain\"}";
        Map<String, String> chats = new LinkedHashMap<>();
        chats.put("one question", messages(user));
        chats.put("system", messages(system, user));
        chats.put("turns", messages(user, assistant, user));
        chats.put("system, turns", messages(system, user, assistant, user));
        chats.put("tools", messages(system, user) + ",\"tools\":" + TOOLS);
        chats.put("tool result", messages(user, call, result) + ",\"tools\":" + TOOLS);
        return chats;
    }

    private static String messages(String... messages) {
        return "\"messages\":[" + String.join(",", messages) + "]";
    }

    @Test
    void rendersAsLlamaCppDoes() throws Exception {
        Path folder = Path.of(System.getProperty("peerllm.templates"));
        report.add("| template | " + String.join(" | ", CHATS.keySet()) + " |");
        report.add("|---|" + "---|".repeat(CHATS.size()));
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".jinja"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) compare(file);
        Files.write(Path.of(System.getProperty("peerllm.report")), report);
    }

    private void compare(Path file) throws IOException, InterruptedException {
        int port = freePort();
        Process server = new ProcessBuilder(
                        System.getProperty("peerllm.llamaServer"),
                        "-m",
                        System.getProperty("peerllm.model"),
                        "--jinja",
                        "--chat-template-file",
                        file.toString(),
                        "-t",
                        "1",
                        "-c",
                        "512",
                        "-np",
                        "1",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String name = file.getFileName().toString().replace(".jinja", "");
            StringBuilder row = new StringBuilder("| " + name + " |");
            if (!awaitHealthy(server, port)) {
                report.add(row.append(" llama.cpp refuses the template |").toString());
                return;
            }
            String source = Files.readString(file);
            for (Map.Entry<String, String> chat : CHATS.entrySet()) {
                Rendered theirs = theirs(port, chat.getValue());
                Rendered ours = ours(source, chat.getValue());
                row.append(' ').append(verdict(ours, theirs)).append(" |");
                if (!ours.sameAs(theirs)) show(name + ", " + chat.getKey(), ours, theirs);
            }
            report.add(row.toString());
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static String verdict(Rendered ours, Rendered theirs) {
        if (ours.prompt().isEmpty() && theirs.prompt().isEmpty()) return "both refuse";
        if (ours.prompt().isEmpty()) return "we refuse";
        if (theirs.prompt().isEmpty()) return "llama.cpp refuses";
        return ours.sameAs(theirs) ? "equal" : "differs";
    }

    private static void show(String what, Rendered ours, Rendered theirs) {
        System.out.printf(
                "== %s%n-- ours%n%s%n-- llama.cpp%n%s%n",
                what, ours.prompt().orElse(ours.refusal()), theirs.prompt().orElse(theirs.refusal()));
    }

    private Rendered theirs(int port, String chat) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/apply-template"))
                .POST(HttpRequest.BodyPublishers.ofString("{" + chat + "}"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode body = JSON.readTree(answer.body());
        return answer.statusCode() == 200
                ? new Rendered(Optional.of(body.path("prompt").asString()), "")
                : new Rendered(Optional.empty(), answer.body());
    }

    private static Rendered ours(String source, String chat) {
        JsonNode body = JSON.readTree("{" + chat + "}");
        try {
            JinjaRenderer renderer = new JinjaRenderer(source, JSON, InstantSource.system(), BOS, EOS);
            Optional<ToolUse> tools = body.has("tools")
                    ? Optional.of(new ToolUse(body.get("tools").toString(), ToolChoice.AUTO, true))
                    : Optional.empty();
            Prompt.Chat asked = new Prompt.Chat(body.get("messages").toString(), tools, Reasoning.DEFAULT);
            return new Rendered(Optional.of(renderer.render(asked)), "");
        } catch (EngineException | TemplateException e) {
            return new Rendered(Optional.empty(), e.getMessage());
        }
    }

    private boolean awaitHealthy(Process server, int port) throws InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        for (int i = 0; i < 600 && server.isAlive(); i++) {
            try {
                if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) return true;
            } catch (IOException notYet) {
                // The server is not listening yet; asked again below.
            }
            server.waitFor(Duration.ofMillis(50));
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
