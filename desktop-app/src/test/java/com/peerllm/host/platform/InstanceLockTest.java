package com.peerllm.host.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {
    @TempDir
    Path folder;

    @Test
    void aSecondHostOnTheSameFolderIsToldWhatToDo() {
        AppFolders folders = new AppFolders(folder);
        try (InstanceLock first = InstanceLock.take(folders)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> InstanceLock.take(folders))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DATA_FOLDER_IN_USE))
                    .hasMessageContaining("--data");
        }
        InstanceLock.take(folders).close();
    }

    @Test
    void aFolderThatCannotBeIsToldAsSuch() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> InstanceLock.take(new AppFolders(file.resolve("below"))))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DATA_FOLDER_BROKEN));
    }
}
