package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.modelstore.MisbehavingHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class DownloadCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();
    private MisbehavingHub hub;

    @BeforeEach
    void open() throws Exception {
        try (var content = getClass().getResourceAsStream("/models/sprout-1.4m-q8_0.gguf")) {
            hub = new MisbehavingHub(content.readAllBytes());
        }
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Terminal.Said type(String... arguments) {
        return terminal.type(Stream.concat(Stream.of(arguments), Stream.of("--data", folder.toString()))
                .toArray(String[]::new));
    }

    private String address(String file) {
        return hub.address(file).toString();
    }

    @Test
    void anAddressOnAHubIsDownloadedAndProvenByWhatThePublisherLists() {
        Terminal.Said said = type("models", "download", address("q/model.gguf").replace("/resolve/", "/blob/"));

        assertThat(said.err()).contains("model: ");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).contains("Downloaded model. Serve it with: peerllm host start --model model");
        assertThat(type("models", "list").out())
                .contains("model  1.5 MB  " + hub.digest().shortForm())
                .doesNotContain("on its way");
        assertThat(type("models", "downloads").out()).contains("Nothing is on its way.");
    }

    @Test
    void aReplacedFileIsTakenOnlyAfterItsOldDigestIsForgotten() {
        assertThat(type("models", "download", address("q/model.gguf")).code()).isZero();
        type("models", "delete", "model");
        byte[] other = hub.content().clone();
        other[other.length - 1]++;
        hub.change(other, "\"other\"");

        Terminal.Said refused = type("models", "download", address("q/model.gguf"));
        assertSays(refused, ExitCode.DOWNLOAD, "peerllm host models forget-digest " + address("q/model.gguf"));
        assertThat(type("models", "download", "model", "--cancel").code()).isZero();

        assertThat(type("models", "forget-digest", address("q/model.gguf")).out())
                .startsWith("Forgot ");
        assertThat(type("models", "download", address("q/model.gguf")).code()).isZero();
        assertThat(type("models", "list").out()).contains(hub.digest().shortForm());
        assertSays(type("models", "forget-digest", address("never.gguf")), ExitCode.USAGE, "nothing to forget");
    }

    @Test
    void programsReadItsProgressInLines() {
        Terminal.Said said = type(
                "models",
                "download",
                "--json",
                address("m.gguf"),
                "--sha256",
                hub.digest().hex());

        List<JsonNode> lines = said.out().lines().map(JSON::readTree).toList();
        assertThat(lines.getLast().path("state").asString()).isEqualTo("done");
        assertThat(lines.getLast().path("model").asString()).isEqualTo("m");
        assertThat(lines).allMatch(line -> line.path("name").asString().equals("m"));
        assertThat(said.err()).isEmpty();
    }

    @Test
    void whatCannotBeProvenOrFoundIsUsage() {
        assertSays(type("models", "download", "https://models.example/m.gguf"), ExitCode.USAGE, "Give its SHA-256");
        assertSays(
                type("models", "download", "https://models.example/m.gguf", "--sha256", "beef"),
                ExitCode.USAGE,
                "64 hex digits");
        assertSays(type("models", "download", "no-such-model"), ExitCode.USAGE, "models catalog");
        assertSays(type("models", "download", "m", "--cancel"), ExitCode.USAGE, "models downloads");
    }

    @Test
    void aFailedOneStaysOnTheListUntilItIsCancelled() {
        hub.next(MisbehavingHub.status(404));
        assertSays(
                type(
                        "models",
                        "download",
                        address("m.gguf"),
                        "--sha256",
                        hub.digest().hex(),
                        "--name",
                        "mine"),
                ExitCode.DOWNLOAD,
                "not at its source any more");

        assertThat(type("models", "list").out()).contains("mine  on its way: 0 bytes, failed: The file is not at");
        assertThat(JSON.readTree(type("models", "downloads", "--json").out())
                        .at("/0/state")
                        .asString())
                .isEqualTo("failed");
        assertThat(type("models", "download", "mine", "--cancel").out()).contains("Cancelled mine");
        assertThat(type("models", "downloads").out()).contains("Nothing is on its way.");
    }

    @Test
    void oneThatIsStoppedGoesOnByItsName() throws Exception {
        hub.next(hub.stall(500_000));
        CompletableFuture<Terminal.Said> running = CompletableFuture.supplyAsync(() -> type(
                "models",
                "download",
                address("m.gguf"),
                "--sha256",
                hub.digest().hex()));
        Path part = folder.resolve("models/m.gguf.part");
        Awaitility.await().until(() -> Files.exists(part) && Files.size(part) == 500_000);

        terminal.stop.make();

        Terminal.Said said = running.get();
        assertSays(said, ExitCode.DOWNLOAD, "Stopped; what was received is kept (");
        Terminal.Said again = new Terminal().type("models", "download", "m", "--data", folder.toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(hub.asked.getLast().range()).contains("bytes=500000-");
    }

    @Test
    void aModelOfTheCatalogueComesFromItsPublisher() {
        String id =
                com.peerllm.host.catalog.Catalogs.builtIn().models().getFirst().id();
        terminal.properties.setProperty("peerllm.publisher", hub.base());

        // This hub has no such repository: what is said tells that it was asked.
        assertSays(type("models", "download", id), ExitCode.DOWNLOAD, "HTTP 404", "repository");
        assertSays(type("models", "download", id + ":Q99"), ExitCode.USAGE, "It has: ");
    }

    @Test
    void aModelIsPinnedAndUnpinned() throws Exception {
        assertThat(type("models", "pin", "sprout-1.4m-q8_0").out()).contains("stays in memory while it is served");
        assertThat(settings().at("/pinned/0").asString()).isEqualTo("sprout-1.4m-q8_0");
        assertThat(type("models", "unpin", "sprout-1.4m-q8_0").code()).isZero();
        assertThat(settings().path("pinned").isMissingNode()).isTrue();
        assertSays(type("models", "pin", "unheard-of"), ExitCode.BAD_MODEL, "no model named");
    }

    @Test
    void theModelsFolderIsToldAndMoved() {
        Path next = folder.resolve("elsewhere");
        assertThat(type("models", "list").out())
                .contains(folder.resolve("models").toString());

        assertThat(type("models", "folder", next.toString()).out()).isEqualToIgnoringNewLines(next.toString());

        assertThat(type("models", "list").out())
                .contains(next.resolve("sprout-1.4m-q8_0.gguf").toString());
        assertThat(JSON.readTree(type("models", "folder", "--json").out())
                        .path("present")
                        .asBoolean())
                .isTrue();
    }

    private JsonNode settings() throws Exception {
        return JSON.readTree(Files.readString(folder.resolve("settings.json")));
    }

    private static void assertSays(Terminal.Said said, ExitCode code, String... parts) {
        assertThat(said.err()).doesNotContain("Exception");
        assertThat(parts).as(said.err()).anyMatch(part -> said.err().contains(part));
        assertThat(said.code()).isEqualTo(code.number());
    }
}
