package com.peerllm.host.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookTest {
    @TempDir
    Path folder;

    @Test
    void aModelTellsItsSizeAndWhatItsHeaderSays() throws Exception {
        Path file = folder.resolve("My.GGUF");
        try (var content = getClass().getResourceAsStream("/models/sprout-1.4m-q8_0.gguf")) {
            Files.write(file, content.readAllBytes());
        }

        Look look = look(file);

        assertThat(look.offering()).isEqualTo(new Offering(Offering.Kind.MODEL, file, 1, Files.size(file)));
        assertThat(look.title()).isPresent();
    }

    @Test
    void aFolderTellsItsFilesAndTheirSizeWithoutFollowingLinks() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data/deeper")).getParent();
        Files.write(data.resolve("a.csv"), new byte[100]);
        Files.write(data.resolve("deeper/b.csv"), new byte[23]);
        Path outside = Files.write(folder.resolve("secret"), new byte[1000]);
        Files.createSymbolicLink(data.resolve("link"), outside);
        Files.createSymbolicLink(data.resolve("circle"), data);

        assertThat(look(data).offering()).isEqualTo(new Offering(Offering.Kind.DATA, data, 2, 123));
    }

    @Test
    void whatCannotBeOfferedIsToldWithWhatToDo() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "text");
        Path broken = Files.writeString(folder.resolve("broken.gguf"), "GGUF");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertRefused(text, "is not a GGUF file. Choose");
        assertRefused(broken, "broken.gguf cannot be offered.");
        assertRefused(empty, "There is no file in");
        assertRefused(folder.resolve("none"), "There is no file or folder at");
    }

    @Test
    void theWalkEndsWhenItIsCancelledOrTheFolderIsTooDeep() throws Exception {
        Files.write(folder.resolve("a"), new byte[1]);
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        assertThatThrownBy(() -> Look.at(folder, cancelled)).isInstanceOf(CancellationException.class);

        Path deep = folder;
        for (int i = 0; i < 70; i++) deep = deep.resolve("d");
        Files.createDirectories(deep);
        assertRefused(folder, "nested too deeply");
    }

    private static Look look(Path path) {
        return Look.at(path, new Cancellation());
    }

    private static void assertRefused(Path path, String part) {
        assertThatThrownBy(() -> look(path)).isInstanceOf(HostException.class).hasMessageContaining(part);
    }
}
