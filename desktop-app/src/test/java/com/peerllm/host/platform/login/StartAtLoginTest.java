package com.peerllm.host.platform.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

class StartAtLoginTest {
    private static final List<String> COMMAND = List.of("/opt/Peer LLM/bin/peerllm", "--hidden");

    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource(names = {"LINUX", "MACOS"})
    void isOffUntilItIsTurnedOn(OperatingSystem os) throws Exception {
        StartAtLogin start = of(os);
        assertThat(start.isOn()).isFalse();
        start.turnOn();
        start.turnOn();
        assertThat(start.isOn()).isTrue();
        start.turnOff();
        start.turnOff();
        assertThat(start.isOn()).isFalse();
        try (var left = Files.walk(home)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void linuxReadsOneEntry() throws Exception {
        of(OperatingSystem.LINUX).turnOn();
        assertThat(home.resolve(".config/autostart/peerllm.desktop"))
                .content()
                .startsWith("[Desktop Entry]\nType=Application\n")
                .contains("\nExec=\"/opt/Peer LLM/bin/peerllm\" \"--hidden\"\nTryExec=/opt/Peer LLM/bin/peerllm\n");
    }

    @Test
    void whatThePersonSwitchedOffInTheDesktopIsOff() throws Exception {
        StartAtLogin start = of(OperatingSystem.LINUX);
        start.turnOn();
        Path entry = home.resolve(".config/autostart/peerllm.desktop");
        Files.writeString(entry, Files.readString(entry).replace("enabled=true", "enabled=false"));
        assertThat(start.isOn()).isFalse();
        start.turnOn();
        assertThat(start.isOn()).isTrue();
    }

    @Test
    void specialCharactersStayWhatTheyAre() {
        assertThat(DesktopEntry.exec(List.of("/a$b/c\"d", "100%"))).isEqualTo("\"/a\\\\$b/c\\\\\"d\" \"100%%\"");
    }

    @Test
    void macOsReadsAPropertyList() throws Exception {
        LoginStarts.of(OperatingSystem.MACOS, Map.of(), home, List.of("/Apps/A & B/peerllm", "--hidden"))
                .turnOn();
        String written = Files.readString(home.resolve("Library/LaunchAgents/com.peerllm.host.plist"));
        // Without the line that names a document on the network.
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document list = factory.newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(written.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(list.getElementsByTagName("string").item(1).getTextContent()).isEqualTo("/Apps/A & B/peerllm");
        assertThat(list.getElementsByTagName("true").getLength()).isOne();
    }

    @Test
    void windowsGetsALineWithQuotesAndIsAskedWhetherItWasSwitchedOff() {
        assertThat(RunKey.line(List.of("C:\\Program Files\\PeerLLM\\peerllm.exe", "--hidden")))
                .isEqualTo("\"C:\\Program Files\\PeerLLM\\peerllm.exe\" \"--hidden\"");
        assertThat(RunKey.isOff(new byte[] {2, 0, 0})).isFalse();
        assertThat(RunKey.isOff(new byte[] {3, 0, 0})).isTrue();
        assertThat(RunKey.isOff(new byte[0])).isFalse();
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldWithItsName() throws Exception {
        Files.writeString(home.resolve(".config"), "in the way");
        assertThatThrownBy(() -> of(OperatingSystem.LINUX).turnOn())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("peerllm.desktop could not be written");
    }

    private StartAtLogin of(OperatingSystem os) {
        return LoginStarts.of(os, Map.of("XDG_CONFIG_HOME", "relative"), home, COMMAND);
    }
}
