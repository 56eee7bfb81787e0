package com.peerllm.host.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void replacesTheContentAndLeavesNothingBeside() throws Exception {
        Path file = folder.resolve("file");
        AtomicFile.write(file, bytes("old"));

        AtomicFile.write(file, bytes("new"));

        assertThat(file).hasContent("new");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    void aRestOfAnInterruptedWriteIsNoObstacle() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(AtomicFile.temporaryBeside(file), "half");

        AtomicFile.write(file, bytes("new"));

        assertThat(file).hasContent("new");
    }

    @Test
    void aWriteThatFailsLeavesTheOldContent() throws Exception {
        Path file = Files.createDirectory(folder.resolve("file"));
        Files.writeString(file.resolve("inside"), "kept");

        assertThatThrownBy(() -> AtomicFile.write(file, bytes("new"))).isInstanceOf(java.io.IOException.class);

        assertThat(file.resolve("inside")).hasContent("kept");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerCanReadIt() throws Exception {
        Path file = folder.resolve("file");
        AtomicFile.write(file, bytes("secret"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
