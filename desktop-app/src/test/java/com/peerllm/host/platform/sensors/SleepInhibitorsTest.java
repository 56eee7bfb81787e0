package com.peerllm.host.platform.sensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SleepInhibitorsTest {
    @TempDir
    Path folder;

    @Test
    void holdsUntilItIsReleased() throws Exception {
        Path held = folder.resolve("held");
        // As systemd-inhibit: runs its last argument and holds as long as that runs.
        program("""
                [ "$1" = --what=idle ] || exit 2
                for last; do :; done
                echo $$ > '%s'
                "$last"
                rm '%s'
                """.formatted(held, held));
        SleepInhibitor.Hold hold = SleepInhibitors.systemd(programs(), "a test");
        await().until(() -> Files.exists(held) && !Files.readString(held).isBlank());
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(held).strip())).orElseThrow();
        hold.close();
        await().until(() -> !child.isAlive());
    }

    @Test
    void aSystemWithoutIt() {
        assertThatThrownBy(() -> SleepInhibitors.systemd(new Programs(List.of()), "a test"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("systemd-inhibit");
        assertThat(folder).isEmptyDirectory();
    }

    private Programs programs() {
        return new Programs(List.of(folder, Path.of("/usr/bin"), Path.of("/bin")));
    }

    private void program(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("systemd-inhibit"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
