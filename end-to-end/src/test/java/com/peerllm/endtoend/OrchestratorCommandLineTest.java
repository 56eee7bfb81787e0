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
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong on the orchestrator's command line is said in a sentence, with the documented exit code. */
@ExtendWith(TestNetworks.class)
class OrchestratorCommandLineTest {
    private static final int USAGE = 2;
    private static final int PORT_TAKEN = 3;
    private static final int DATA_FOLDER = 4;
    private static final int DATABASE = 5;
    private static final int TLS = 6;
    private static final int REFUSED = 7;

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
    void aPortThatIsTakenIsNamed(@Serving(Model.STARTER) TestNetwork network) {
        String taken = Integer.toString(network.orchestrator().port());

        CommandResult result = shell.orchestrator("--data", data, "--port", taken);

        assertSays(result, PORT_TAKEN, "Port " + taken, "--port");
    }

    @Test
    void aDataFolderInUseIsLeftAlone(@Serving(Model.STARTER) TestNetwork network) {
        CommandResult result =
                shell.orchestrator("--data", network.orchestrator().data().toString(), "--port", "0");

        assertSays(result, DATABASE, "Another orchestrator", "--data");
        assertThat(network.consumer()
                        .chat(network.request(Sprout.HELLO.prompt()))
                        .text())
                .isEqualTo(Sprout.HELLO.answer());
        network.orchestrator()
                .administrator()
                .run("key", "list", TestNetwork.CONSUMER)
                .outputOrThrow();
    }

    @Test
    void aDataFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        CommandResult result =
                shell.orchestrator("--data", file.resolve("below").toString(), "--port", "0");

        assertSays(result, DATA_FOLDER, file.toString(), "--data");
    }

    @Test
    void aDamagedKeyIsNeverReplaced() throws IOException {
        Path key = Files.createDirectories(Path.of(data)).resolve("orchestrator.key");
        Files.writeString(key, "not a key");

        CommandResult result = shell.orchestrator("--data", data, "--port", "0");

        assertSays(result, DATA_FOLDER, key.toString(), "backup");
        assertThat(key).hasContent("not a key");
    }

    @Test
    void anAddressThatOthersReachNeedsTls() {
        CommandResult result = shell.orchestrator("--data", data, "--host", "0.0.0.0", "--port", "0");

        assertSays(result, TLS, "unencrypted", "--tls-cert");
    }

    @Test
    void aCertificateFileThatIsMissingIsNamed() {
        CommandResult result = shell.orchestrator(
                "--data", data, "--port", "0", "--tls-cert", "nowhere.pem", "--tls-key", "nowhere.key");

        assertSays(result, TLS, "nowhere.pem");
    }

    @Test
    void anAccountThatDoesNotExistGetsNoKey(@Serving(Model.STARTER) TestNetwork network) {
        CommandResult result = network.orchestrator().administrator().run("key", "create", "nobody");

        assertSays(result, REFUSED, "no account 'nobody'", "account create");
    }

    @Test
    void anAmountThatIsNoneIsRefused(@Serving(Model.STARTER) TestNetwork network) {
        var administrator = network.orchestrator().administrator();

        CommandResult result = administrator.run("account", "topup", TestNetwork.CONSUMER, "a lot");

        assertSays(result, USAGE, "'a lot'", "12.50");
    }

    @Test
    void anOptionThatDoesNotExistIsWrongUsage() {
        assertSays(shell.orchestrator("--no-such-option"), USAGE, "--no-such-option");
    }

    private static void assertSays(CommandResult result, int exitCode, String... words) {
        assertThat(result.error()).contains(words).doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }
}
