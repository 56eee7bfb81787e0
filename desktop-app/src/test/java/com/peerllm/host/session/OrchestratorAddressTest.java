package com.peerllm.host.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrchestratorAddressTest {

    @ParameterizedTest
    @CsvSource({
        "wss://Peers.Example, wss://peers.example",
        "https://peers.example:8443/, wss://peers.example:8443",
        "wss://peers.example/hosts/connect, wss://peers.example",
        "ws://127.0.0.1:8080, ws://127.0.0.1:8080",
        "http://localhost:8080, ws://localhost:8080",
        "ws://[::1]:8080, ws://[::1]:8080",
        "ws://127.8.9.10, ws://127.8.9.10"
    })
    void readsWhatPeopleWrite(String given, String meant) {
        OrchestratorAddress address = OrchestratorAddress.parse(given, false);

        assertThat(address.text()).isEqualTo(meant);
        assertThat(address.dialled().encodedPath()).isEqualTo("/hosts/connect");
        assertThat(address.dialled().isHttps()).isEqualTo(meant.startsWith("wss"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://peers.example",
                "http://10.0.0.7:8080",
                "ws://127.0.0.1.evil.example",
                "ws://localhost.example"
            })
    void refusesToSendPromptsInTheClearToAnotherComputer(String given) {
        assertThatThrownBy(() -> OrchestratorAddress.parse(given, false))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.problem()).isEqualTo(Problem.USAGE))
                .hasMessageContaining("--allow-plaintext");
        assertThat(OrchestratorAddress.parse(given, true).text()).startsWith("ws://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peers.example",
                "",
                "ftp://peers.example",
                "wss://",
                "wss://user:secret@peers.example",
                "wss://peers.example/other",
                "wss://peers.example?x=1",
                "wss://bad host"
            })
    void refusesWhatIsNoAddress(String given) {
        assertThatThrownBy(() -> OrchestratorAddress.parse(given, true))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("is not an orchestrator's address");
    }
}
