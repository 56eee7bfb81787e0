package com.peerllm.host.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtherProgramTest {
    @Test
    void whatTheLauncherPutIntoTheEnvironmentIsTakenOut() {
        assertThat(without(Map.of("_JPACKAGE_LAUNCHER", "0", "LD_LIBRARY_PATH", ":/opt/peerllm/lib/app", "HOME", "/h")))
                .isEqualTo(Map.of("HOME", "/h"));
    }

    @Test
    void thePersonsOwnFoldersOfLibrariesStay() {
        assertThat(without(Map.of("_JPACKAGE_LAUNCHER", "0", "LD_LIBRARY_PATH", "/a:/b:/opt/peerllm/lib/app")))
                .isEqualTo(Map.of("LD_LIBRARY_PATH", "/a:/b"));
    }

    @Test
    void whoWasNotStartedByALauncherKeepsEverything() {
        Map<String, String> own = Map.of("LD_LIBRARY_PATH", "/a:/b");
        assertThat(without(own)).isEqualTo(own);
    }

    private static Map<String, String> without(Map<String, String> environment) {
        Map<String, String> changed = new HashMap<>(environment);
        OtherProgram.forgetLauncher(changed);
        return changed;
    }
}
