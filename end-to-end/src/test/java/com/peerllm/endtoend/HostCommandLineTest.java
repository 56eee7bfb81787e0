package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Shell;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import com.peerllm.endtoend.process.CommandResult;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong on a host's command line is said in a sentence, with the documented exit code. */
@ExtendWith(TestNetworks.class)
class HostCommandLineTest {
    private static final int USAGE = 2;
    private static final int BAD_MODEL = 3;
    private static final int ORCHESTRATOR = 5;
    private static final int DATA_FOLDER_IN_USE = 6;
    private static final int ENGINE = 7;

    @TempDir
    private Path folder;

    private Shell shell;
    private String data;

    @BeforeEach
    void typeInAnEmptyFolder() {
        shell = new Shell(folder);
        data = folder.resolve("data").toString();
    }

    @Test
    void aModelFileThatIsMissingIsNamed() {
        CommandResult result = shell.host("start", "--data", data, "--model", "nowhere.gguf");

        assertSays(result, BAD_MODEL, "nowhere.gguf");
    }

    @Test
    void aFileThatIsNoModelIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("letter.gguf"), "Dear Sir or Madam, ".repeat(1000));

        CommandResult result = shell.host("start", "--data", data, "--model", text.toString());

        assertSays(result, BAD_MODEL, "letter.gguf");
    }

    @Test
    void aModelThatWasCutShortIsNamedAndNotImported() throws IOException {
        byte[] whole = Files.readAllBytes(TestNetwork.starterModel());
        Path half = Files.write(folder.resolve("half.gguf"), Arrays.copyOf(whole, whole.length / 2));

        CommandResult start = shell.host("start", "--data", data, "--model", half.toString());
        CommandResult list = shell.host("models", "list", "--data", data, "--json");

        assertSays(start, BAD_MODEL, "half.gguf");
        assertThat(list.outputOrThrow()).doesNotContain("half.gguf");
    }

    @Test
    void anOrchestratorThatDoesNotAnswerIsNamed() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        CommandResult result =
                shell.host("start", "--data", data, "--orchestrator", "ws://127.0.0.1:" + closed, "--once");

        assertThat(result.output()).contains("Nothing answers").contains(Integer.toString(closed));
        assertThat(result.exitCode()).isEqualTo(ORCHESTRATOR);
    }

    @Test
    void promptsDoNotCrossANetworkUnencrypted() {
        CommandResult result = shell.host("start", "--data", data, "--orchestrator", "ws://192.0.2.1:8080");

        assertSays(result, USAGE, "192.0.2.1", "encrypted", "--allow-plaintext");
    }

    @Test
    void anAddressThatCannotBeIsNamed() {
        CommandResult result = shell.host("start", "--data", data, "--orchestrator", "gopher://old");

        assertSays(result, USAGE, "gopher://old");
    }

    @Test
    void aDataFolderInUseIsLeftAlone(@Serving(Model.STARTER) TestNetwork network) {
        CommandResult result = network.host().run("start");

        assertSays(result, DATA_FOLDER_IN_USE, network.host().data().toString(), "--data");
        assertThat(network.consumer()
                        .chat(network.request(Sprout.HELLO.prompt()))
                        .text())
                .isEqualTo(Sprout.HELLO.answer());
    }

    @Test
    void anEngineThatIsMissingIsSaidToBe() {
        Shell without = new Shell(folder, Map.of("JAVA_TOOL_OPTIONS", "-Dpeerllm.natives=" + folder.resolve("none")));

        CommandResult result = without.host("start", "--data", data);

        assertSays(result, ENGINE, folder.resolve("none").toString());
    }

    @Test
    void settingsThatAreDamagedAreKeptAsideAndSaidToBe() throws IOException {
        Path settings = Files.createDirectories(Path.of(data)).resolve("settings.json");
        Files.writeString(settings, "{\"slots\": ", StandardCharsets.UTF_8);

        CommandResult result = shell.host("start", "--data", data, "--model", "nowhere.gguf");

        assertSays(result, BAD_MODEL, "settings.json");
        try (var files = Files.list(Path.of(data))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("settings.json.broken-"));
        }
    }

    @Test
    void anOptionThatDoesNotExistIsWrongUsage() {
        assertSays(shell.host("start", "--no-such-option"), USAGE, "--no-such-option", "--help");
    }

    private static void assertSays(CommandResult result, int exitCode, String... words) {
        assertThat(result.error()).contains(words).doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }
}
