package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person keeps after an uninstall is their choice. */
@Timeout(60)
class RemoveDataCommandTest {
    private static final String MODEL = "models/sprout-1.4m-q8_0.gguf";

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();
    private Path data;
    private Path own;

    @BeforeEach
    void useTheHost() throws Exception {
        data = folder.resolve("data");
        own = folder.resolve("own.gguf");
        terminal.type("models", "list", "--data", data.toString());
        Files.copy(data.resolve(MODEL), own);
    }

    private Terminal.Said remove(String... options) {
        return terminal.type(Stream.concat(Stream.of("remove-data", "--data", data.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void tellsTheSizesAndKeepsWhatIsNotConfirmed() {
        terminal.answers.addAll(List.of("yes", ""));

        Terminal.Said said = remove();

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).isEqualTo("Removed one model, 1.5 MB.\n");
        assertThat(data.resolve(MODEL)).doesNotExist();
        assertThat(data.resolve("identity.key")).exists();
    }

    @Test
    void everythingGoesButFilesThatWereOnlyRead() {
        terminal.type("models", "delete", "sprout-1.4m-q8_0", "--data", data.toString());
        terminal.type("models", "import", own.toString(), "--data", data.toString());

        Terminal.Said said = remove("--all", "--yes");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(data).doesNotExist();
        assertThat(own).exists();
    }

    @Test
    void modelsAloneLeaveTheKeys() {
        assertThat(remove("--models", "--yes").code()).isZero();
        assertThat(data.resolve(MODEL)).doesNotExist();
        assertThat(data.resolve("identity.key")).exists();
    }

    @Test
    void withoutATerminalNothingIsRemoved() {
        Terminal.Said said = remove("--all");

        assertThat(said.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(said.err()).contains("Give --yes");
        assertThat(data.resolve(MODEL)).exists();
    }

    @Test
    void aFolderThatNoHostUsedIsLeftAlone() throws Exception {
        data = Files.createDirectories(folder.resolve("letters"));
        Path letter = Files.createFile(data.resolve("letter.txt"));

        assertThat(remove("--all", "--yes").out()).contains("PeerLLM keeps nothing in");
        assertThat(letter).exists();
    }
}
