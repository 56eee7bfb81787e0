package com.peerllm.host.localapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.answering.StagedModels;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint follows the settings while it runs. */
@Timeout(60)
class LocalApiFollowsSettingsTest {
    @TempDir
    Path folder;

    private LocalApiTester program;

    @BeforeEach
    void open() {
        program = new LocalApiTester(folder, new StagedModels(), "ws://127.0.0.1:1");
    }

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void movesToAnotherPortAndClosesTheOldOne() {
        int old = program.port;
        program.port = LocalApiTester.freePort();
        program.settings.set(LocalApiTester.with(true, program.port, false, Mode.LOCAL));

        await().until(() ->
                program.awaitListening().addresses().equals(List.of("http://127.0.0.1:" + program.port + "/v1")));
        assertThat(program.get("/v1/models").code()).isEqualTo(200);
        assertThat(accepts(old)).isFalse();
    }

    @Test
    void isSwitchedOffAndOn() {
        program.settings.set(LocalApiTester.with(false, program.port, false, Mode.LOCAL));
        await().until(() -> program.api.state().get() instanceof LocalApiState.Off);
        assertThat(accepts(program.port)).isFalse();

        program.settings.set(LocalApiTester.with(true, program.port, false, Mode.LOCAL));
        program.awaitListening();
        assertThat(program.get("/v1/models").code()).isEqualTo(200);
    }

    @Test
    void saysWhatToDoWhenThePortIsTakenAndTriesAgainWhenAsked() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            program.port = other.getLocalPort();
            program.settings.set(LocalApiTester.with(true, program.port, false, Mode.LOCAL));
            await().until(() -> program.api.state().get() instanceof LocalApiState.Failed);
            assertThat(((LocalApiState.Failed) program.api.state().get()).sentence())
                    .startsWith("Port " + program.port + " cannot be used: another program has it");
        }
        program.api.refresh();
        program.awaitListening();
        assertThat(program.get("/v1/models").code()).isEqualTo(200);
    }

    @Test
    void listensOnThisComputerOnlyUntilTheHomeNetworkIsAllowed() {
        assertThat(program.awaitListening().addresses()).hasSize(1);

        program.settings.set(LocalApiTester.with(true, program.port, true, Mode.LOCAL));

        List<String> others = LocalApiAddresses.of(program.port, NetworkCard.ofThisComputer());
        await().until(() -> program.awaitListening().addresses().equals(others));
        assertThat(accepts(program.port)).isTrue();
    }

    @Test
    void nothingListensAfterTheStop() {
        program.api.stop();

        assertThat(program.api.state().get()).isEqualTo(new LocalApiState.Off());
        assertThat(accepts(program.port)).isFalse();
        program.api.stop();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (java.io.IOException refused) {
            return false;
        }
    }
}
