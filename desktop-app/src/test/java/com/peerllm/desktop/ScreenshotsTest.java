package com.peerllm.desktop;

import java.io.IOException;
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
                window.stage(situation);
                window.host.computes();
                window.tick();
                if (situation == Situation.SHARING) ScreenChecks.photograph(window, "home-" + situation);
                else ScreenChecks.photographTwice(window, "home-" + situation);
            }
        }
    }
}
