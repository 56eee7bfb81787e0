package com.peerllm.host.modelstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    private static final URI SOURCE = URI.create("https://models.example/a.gguf");

    @TempDir
    private Path folder;

    /** A source may name no version of its file, and then nothing but the part's own note tells whose it is. */
    @Test
    void aPartOfAProgramThatEndedAtItsFirstBytesIsGoneOnWith() throws IOException {
        Path target = folder.resolve("a.gguf");
        PartFile killed = open(target);
        killed.write(ByteBuffer.wrap(new byte[10]));

        try (PartFile next = open(target)) {
            assertThat(next.length())
                    .as("what is not on the disk for certain does not count")
                    .isZero();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("a.gguf.part", "a.gguf.part.json");
        }
        killed.close();
    }

    private static PartFile open(Path target) throws IOException {
        return PartFile.open(target, SOURCE, OptionalLong.of(100), Optional.empty(), Disk.REAL, new PartialHash());
    }
}
