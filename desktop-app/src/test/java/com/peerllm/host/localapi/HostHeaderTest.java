package com.peerllm.host.localapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:11435",
                "app.localhost:11435",
                "127.0.0.1:11435",
                "192.168.1.40:11435",
                "[::1]:11435",
                "[2001:db8::5]",
                "host.docker.internal:11435"
            })
    void addressesAndNamesOfThisComputerAreOurs(String host) {
        assertThat(HostHeader.isOurs(Optional.of(host), false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example:11435",
                "evillocalhost",
                "1.2.3.4.nip.io",
                "",
                "[::1].evil.example",
                "host.docker.internal.evil.example"
            })
    void aNameThatAPageCanPointHereIsNot(String host) {
        assertThat(HostHeader.isOurs(Optional.of(host), true)).isFalse();
    }

    @Test
    void theNameInTheHomeNetworkIsOursOnlyWhenOthersMayComeFromThere() {
        assertThat(HostHeader.isOurs(Optional.of("office.local:11435"), true)).isTrue();
        assertThat(HostHeader.isOurs(Optional.of("office.local:11435"), false)).isFalse();
        assertThat(HostHeader.isOurs(Optional.empty(), true)).isFalse();
    }
}
