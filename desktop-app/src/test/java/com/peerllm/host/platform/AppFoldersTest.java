package com.peerllm.host.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppFoldersTest {
    private static final Path HOME = Path.of("/people/ann");

    @Test
    void followsTheCustomOfEachSystem() {
        assertThat(folder(OperatingSystem.LINUX, Map.of())).isEqualTo(HOME.resolve(".local/share/peerllm"));
        assertThat(folder(OperatingSystem.LINUX, Map.of("XDG_DATA_HOME", "/big/data")))
                .isEqualTo(Path.of("/big/data/peerllm"));
        assertThat(folder(OperatingSystem.MACOS, Map.of()))
                .isEqualTo(HOME.resolve("Library/Application Support/PeerLLM"));
        assertThat(folder(OperatingSystem.WINDOWS, Map.of("LOCALAPPDATA", "/c/local")))
                .isEqualTo(Path.of("/c/local/PeerLLM"));
        assertThat(folder(OperatingSystem.WINDOWS, Map.of())).isEqualTo(HOME.resolve("AppData/Local/PeerLLM"));
    }

    @Test
    void ignoresARelativeFolderOfTheEnvironmentAsTheXdgSpecificationAsks() {
        assertThat(folder(OperatingSystem.LINUX, Map.of("XDG_DATA_HOME", "data")))
                .isEqualTo(HOME.resolve(".local/share/peerllm"));
    }

    @ParameterizedTest
    @CsvSource({"Linux,LINUX", "Mac OS X,MACOS", "Windows 11,WINDOWS", "FreeBSD,LINUX"})
    void knowsTheSystemByJavasNameForIt(String name, OperatingSystem os) {
        assertThat(OperatingSystem.of(name)).isEqualTo(os);
    }

    private static Path folder(OperatingSystem os, Map<String, String> environment) {
        return AppFolders.standard(os, environment, HOME).data();
    }
}
