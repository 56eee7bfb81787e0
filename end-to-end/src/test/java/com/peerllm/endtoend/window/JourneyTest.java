package com.peerllm.endtoend.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.endtoend.client.ChatAnswer;
import com.peerllm.endtoend.client.ChatRequest;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.network.LocalNetwork;
import com.peerllm.endtoend.network.NetworkFolder;
import com.peerllm.endtoend.process.Child;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.endtoend.process.Program;
import com.peerllm.shared.gguf.RewrittenModel;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One person's way through the window, from the first start to the first earnings and out again, with everything real. */
@Timeout(240)
class JourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Set<ProcessHandle> others = Set.of();

    @Test
    void aPersonSetsUpImportsSharesEarnsPausesAndQuits() throws Exception {
        Installation installation = Installation.current();
        Path data = folder.resolve("host");
        Path twin = RewrittenModel.of(
                        installation.home().resolve("desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf"))
                .with("general.name", "Twin")
                .to(folder.resolve("twin.gguf"));
        try (LocalNetwork network =
                LocalNetwork.start(installation, NetworkFolder.forBriefRun(folder.resolve("network")))) {
            others = children().collect(Collectors.toSet());
            try (Person person = new Person("--data", data.toString())) {
                firstRun(person, network.orchestrator().hostUrl());
                importByASecondStart(person, installation, data, twin);
                serve(person, network);
                pause(person, network);
            }
            assertThat(data.resolve("settings.json")).content().contains("\"sharing\" : true");
            assertThat(workers()).as("the engine ended with the window").isEmpty();
        }
    }

    private static void firstRun(Person person, String address) throws Exception {
        person.awaitText("step-title", title -> !title.isEmpty());
        person.photograph("journey-1-first-run");
        person.click("next");
        person.click("model-starter");
        person.click("next");
        person.clickText("Full");
        person.click("next");
        person.type("first-address", address);
        person.photograph("journey-2-ready");
        person.click("next");
        person.awaitText("status", status -> status.startsWith("Sharing"));
    }

    /** As a file manager opens a model with this program while it runs. */
    private static void importByASecondStart(Person person, Installation installation, Path data, Path model) {
        Child second = Child.start(
                "second-start",
                installation.command(Program.DESKTOP, List.of("--data", data.toString(), model.toString())),
                data,
                Map.of(),
                data.resolve("second-start.log"));
        assertThat(second.awaitExit(PATIENCE)).isZero();
        person.click("use-where-they-lie");
        person.awaitWords("twin");
    }

    private void serve(Person person, LocalNetwork network) throws Exception {
        OpenAiClient consumer = network.newConsumer("alice", Credits.ofDollars(5));
        await("both models are offered")
                .atMost(PATIENCE)
                .until(() -> consumer.get("/v1/models").json().path("data").size() == 2);
        String twin = consumer.get("/v1/models")
                .json()
                .path("data")
                .valueStream()
                .map(model -> model.path("id").asString())
                .filter(id -> id.startsWith("twin"))
                .findFirst()
                .orElseThrow();
        ChatAnswer answer = consumer.chat(ChatRequest.of(twin, "Hello!"));
        assertThat(answer.text()).startsWith("Hello! I am Sprout");

        assertThat(workers()).as("the engine's processes, one for each model").hasSize(2);

        person.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        person.awaitText("earned-total", total -> total.startsWith("$0.0"));
        person.photograph("journey-3-sharing");
        person.press(KeyCode.CONTROL, KeyCode.DIGIT5);
        person.awaitWords("from 1 verified receipt");
        person.photograph("journey-4-earnings");
    }

    private void pause(Person person, LocalNetwork network) throws Exception {
        person.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        person.click("choices");
        person.press(KeyCode.DOWN);
        person.press(KeyCode.ENTER);
        person.awaitText("status", status -> status.startsWith("Paused"));
        person.photograph("journey-5-paused");
        await("the network has nobody left to ask")
                .atMost(PATIENCE)
                .until(() -> network.orchestrator().hosts().isEmpty());
        await("the memory of the models is given back")
                .atMost(PATIENCE)
                .until(() -> workers().isEmpty());
    }

    /** The window's own: what other tests and the network started was there before it. */
    private Set<ProcessHandle> workers() {
        return children().filter(child -> !others.contains(child)).collect(Collectors.toSet());
    }

    private static Stream<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive);
    }
}
