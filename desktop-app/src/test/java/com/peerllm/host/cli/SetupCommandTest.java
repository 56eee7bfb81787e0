package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.modelstore.MisbehavingHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class SetupCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    private Terminal.Said setup(String... options) {
        return terminal.type(Stream.of(new String[] {"setup", "--data", folder.toString()}, options)
                .flatMap(Stream::of)
                .toArray(String[]::new));
    }

    @Test
    void asksForEachThingOnceMoreWhenTheAnswerCannotBeUsedAndWritesItDown() throws Exception {
        terminal.answers.addAll(
                List.of("no-such-model", "built-in", "loud", "light", "peers.example", "", "perhaps", ""));

        Terminal.Said said = setup();

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .contains("This computer: ", "Its name on the network, which everybody sees: ")
                .contains("Recommended: ", "Ready. Start with: peerllm host start");
        assertThat(said.err())
                .contains("no model \"no-such-model\"", "\"loud\" is not a profile", "Answer yes or no.")
                .contains("not an orchestrator's address");
        JsonNode settings = settings();
        assertThat(settings.path("model").asString()).isEqualTo("sprout-1.4m-q8_0");
        assertThat(settings.at("/rules/profile").asString()).isEqualTo("LIGHT");
        assertThat(settings.at("/rules/onBattery").asBoolean(true)).isFalse();
        assertThat(settings.path("orchestrator").asString()).isEqualTo("ws://127.0.0.1:8080");
        assertThat(terminal.answers).isEmpty();
    }

    @Test
    void doneAgainWithNothingNewItChangesNothing() throws Exception {
        setup("--model", "built-in", "--profile", "balanced", "--orchestrator", "wss://peers.example", "--no-service");
        JsonNode before = settings();

        Terminal.Said again = setup("--yes", "--json");

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(settings()).isEqualTo(before);
        JsonNode ready = JSON.readTree(again.out());
        assertThat(ready.path("model").asString()).isEqualTo("sprout-1.4m-q8_0");
        assertThat(ready.path("profile").asString()).isEqualTo("balanced");
        assertThat(ready.path("orchestrator").asString()).isEqualTo("wss://peers.example");
        assertThat(ready.path("service").asBoolean()).isFalse();
    }

    @Test
    void whereNobodyCanBeAskedTheOptionsAreNamed() {
        Terminal.Said said = setup("--model", "built-in", "--json");

        assertThat(said.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(said.err()).contains("no terminal to ask on, and --profile is not given", "--yes");
        assertThat(folder.resolve("settings.json")).doesNotExist();
    }

    @Test
    void withoutItsPublisherAComputerIsSetUpWithTheBuiltInModel() throws Exception {
        String gone;
        try (MisbehavingHub hub = new MisbehavingHub(new byte[10])) {
            gone = hub.address("q/model.gguf").toString();
        }

        Terminal.Said said = setup("--yes", "--no-service", "--model", gone);

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("The publisher cannot be reached now", "--model " + gone);
        assertThat(settings().path("model").asString()).isEqualTo("sprout-1.4m-q8_0");
        assertThat(terminal.type("models", "downloads", "--data", folder.toString())
                        .out())
                .contains("model");
    }

    @Test
    void aWrongOptionIsToldBeforeAnythingIsMade() {
        Path none = folder.resolve("none");
        Terminal.Said said = terminal.type("setup", "--data", none.toString(), "--profile", "loud", "--yes");

        assertThat(said.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(none).doesNotExist();
    }

    @Test
    void aModelThatIsNotHereIsDownloadedAndServed() throws Exception {
        try (var content = getClass().getResourceAsStream("/models/sprout-1.4m-q8_0.gguf");
                MisbehavingHub hub = new MisbehavingHub(content.readAllBytes())) {
            Terminal.Said said = setup(
                    "--yes",
                    "--no-service",
                    "--model",
                    hub.address("q/model.gguf").toString());

            assertThat(said.code()).as(said.err()).isZero();
            assertThat(settings().path("model").asString()).isEqualTo("model");
            assertThat(folder.resolve("models/model.gguf")).exists();
        }
    }

    private JsonNode settings() throws Exception {
        return JSON.readTree(Files.readString(folder.resolve("settings.json")));
    }
}
