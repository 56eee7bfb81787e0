package com.peerllm.desktop;

import com.peerllm.desktop.home.StagedHost;
import com.peerllm.desktop.toolkit.ThemeChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;

/** Photographs every situation of Home in light and dark and two sizes, the main one in each of both, for people to look at. */
@ExtendWith(ApplicationExtension.class)
class ScreenshotsTest {

    @Test
    void photographsEverySituation() throws IOException {
        try (StagedWindow window = new StagedWindow(Locale.US)) {
            for (Situation situation : Situation.values()) {
                stage(window, situation);
                if (situation == Situation.SHARING) ScreenChecks.photograph(window, "home-" + situation);
                else ScreenChecks.photographTwice(window, "home-" + situation);
            }
            photographForReaders(window);
        }
    }

    private static void stage(StagedWindow window, Situation situation) {
        window.stage(situation);
        window.stage(StagedHost::computes);
        window.tick();
    }

    /** As docs/images has them: no higher than what is on them. */
    private static void photographForReaders(StagedWindow window) throws IOException {
        stage(window, Situation.SHARING);
        window.resize(1080, 560);
        window.look(ThemeChoice.LIGHT);
        window.photograph(Path.of("target/screenshots/home-light.png"));
        window.look(ThemeChoice.DARK);
        window.photograph(Path.of("target/screenshots/home-dark.png"));
    }
}
