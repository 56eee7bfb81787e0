package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What service managers and containers ask: does the orchestrator of this folder take requests? */
class HealthCommandTest {
    @TempDir
    private Path data;

    @Test
    void aRunningOrchestratorIsHealthyWhateverPortItListensOn() {
        try (TestNetwork network = new TestNetwork(data)) {
            CommandLineRun health = health();

            assertThat(health.code()).isZero();
            assertThat(health.out())
                    .isEqualTo(network.get("/readyz", "").body())
                    .contains("\"ready\":true");
        }
    }

    @Test
    void whereNoneRunsThatIsSaid() {
        assertThat(health().code()).isEqualTo(ExitCode.COMMAND_FAILED.number);
        assertThat(health().error()).contains("No orchestrator runs on " + data);
    }

    /** In a container the killed orchestrator had process number 1, and so has whoever asks in the next one. */
    @Test
    void aNoteThatAKilledOneLeftBehindIsNotBelieved() throws IOException {
        int deaf;
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            deaf = any.getLocalPort();
        }
        new DataFolder(data)
                .announce(new DataFolder.Running(
                        "http://127.0.0.1:" + deaf,
                        "token",
                        ProcessHandle.current().pid()));

        assertThat(health().error()).contains("No orchestrator runs on " + data);
        assertThat(CommandLineRun.of("--data", data.toString(), "account", "create", "ann")
                        .code())
                .isZero();
    }

    private CommandLineRun health() {
        return CommandLineRun.of("--data", data.toString(), "health");
    }
}
