package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.toolkit.LanguageChoice;
import com.peerllm.desktop.toolkit.ThemeChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesktopSettingsTest {
    private static final Rectangle2D SCREEN = new Rectangle2D(0, 0, 1920, 1080);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = DesktopSettings.file(folder);
    }

    @Test
    void areKept() {
        DesktopSettings settings = DesktopSettings.DEFAULTS
                .withTheme(ThemeChoice.DARK)
                .withLanguage(LanguageChoice.GERMAN)
                .withNotices(false, true)
                .withTrayTold()
                .withClosingQuits(true)
                .withFirstRunDone(true)
                .withWindow(new WindowPlace(-40.5, 12, 1280, 800, true));
        settings.write(file);
        assertThat(DesktopSettings.read(file)).isEqualTo(settings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "null", "[]", "{\"theme\":\"PINK\"}", "{\"theme\":null}", "{\"window\":{\"x\":1}}"})
    void aFileThatCannotBeUnderstoodGivesTheUsualLooks(String content) throws IOException {
        Files.writeString(file, content);
        assertThat(DesktopSettings.read(file)).isEqualTo(DesktopSettings.DEFAULTS);
    }

    @Test
    void aFileOfANewerProgramIsUnderstoodAsFarAsPossible() throws IOException {
        Files.writeString(file, "{\"theme\":\"LIGHT\",\"density\":\"high\"}");
        assertThat(DesktopSettings.read(file).theme()).isEqualTo(ThemeChoice.LIGHT);
    }

    @Test
    void theLatestOfSeveralChangesIsInTheFileWhateverTheOrderOfWriting() {
        Queue<Runnable> background = new ArrayDeque<>();
        Preferences preferences = new Preferences(file, background::add);
        preferences.update(settings -> settings.withTheme(ThemeChoice.DARK));
        preferences.update(settings -> settings.withTheme(ThemeChoice.LIGHT));
        Runnable first = background.remove();
        background.remove().run();
        first.run();
        assertThat(DesktopSettings.read(file).theme()).isEqualTo(ThemeChoice.LIGHT);
    }

    @Test
    void aWindowIsPutBackOnlyWhereAPersonCanReachIt() {
        assertThat(place(100, 100).isOn(List.of(SCREEN))).isTrue();
        assertThat(place(1900, 100).isOn(List.of(SCREEN)))
                .as("title right of the screen")
                .isFalse();
        assertThat(place(100, -200).isOn(List.of(SCREEN)))
                .as("title above the screen")
                .isFalse();
        assertThat(place(2500, 100).isOn(List.of(SCREEN)))
                .as("the screen is gone")
                .isFalse();
        assertThat(place(2500, 100).isOn(List.of(SCREEN, new Rectangle2D(1920, 0, 1920, 1080))))
                .isTrue();
    }

    private static WindowPlace place(double x, double y) {
        return new WindowPlace(x, y, 1120, 760, false);
    }
}
