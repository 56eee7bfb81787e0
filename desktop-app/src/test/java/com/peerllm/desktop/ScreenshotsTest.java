package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;

/** Photographs every situation in light and dark and two sizes, for people to look at. */
@ExtendWith(ApplicationExtension.class)
class ScreenshotsTest {
    private static final Path FOLDER = Path.of("target/screenshots");

    @Test
    void photographsEverySituation() throws IOException {
        try (StagedWindow window = new StagedWindow(Locale.US)) {
            for (ThemeChoice look : new ThemeChoice[] {ThemeChoice.LIGHT, ThemeChoice.DARK}) {
                window.look(look);
                for (Situation situation : Situation.values()) {
                    window.stage(situation);
                    window.host.computes();
                    window.tick();
                    take(window, situation, look, 1280, 800);
                    take(window, situation, look, 900, 600);
                }
            }
        }
    }

    private static void take(StagedWindow window, Situation situation, ThemeChoice look, int width, int height)
            throws IOException {
        window.resize(width, height);
        String name = "home-" + situation + "-" + look + "-" + width + "x" + height + ".png";
        Path file = FOLDER.resolve(name.toLowerCase(Locale.ROOT));
        window.photograph(file);
        assertThat(file).isNotEmptyFile();
    }
}
