package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesktopSettingsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = DesktopSettings.file(folder);
    }

    @Test
    void areKept() {
        new DesktopSettings(ThemeChoice.DARK).write(file);
        assertThat(DesktopSettings.read(file).theme()).isEqualTo(ThemeChoice.DARK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{\"theme\":\"PINK\"}", "{\"theme\":null}"})
    void aFileThatCannotBeUnderstoodGivesTheUsualLooks(String content) throws IOException {
        Files.writeString(file, content);
        assertThat(DesktopSettings.read(file)).isEqualTo(DesktopSettings.DEFAULTS);
    }

    @Test
    void aFileOfANewerProgramIsUnderstoodAsFarAsPossible() throws IOException {
        Files.writeString(file, "{\"theme\":\"LIGHT\",\"density\":\"high\"}");
        assertThat(DesktopSettings.read(file).theme()).isEqualTo(ThemeChoice.LIGHT);
    }
}
