package com.peerllm.host.chats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatExportTest {
    @TempDir
    Path folder;

    private OpenBook open;
    private Path file;

    @BeforeEach
    void openIt() {
        open = new OpenBook(folder.resolve("host"), Instant.parse("2026-11-23T12:00:00Z"));
        file = folder.resolve("chats");
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void writesMarkdownForPeople() throws Exception {
        Chat chat = open.answered("Why is the sky blue?", "Because of **Rayleigh** scattering.");
        open.book.instruct(chat.id(), "Be brief.");
        chat.ask(StagedAssistant.SPROUT.id(), "More");
        open.assistant.last().says("It is");
        chat.stop();
        new ChatExport(open.book).write(file, ChatExport.Format.MARKDOWN, List.of(chat.id()));
        assertThat(file).hasContent("""
                # Why is the sky blue?

                > Be brief.

                ## You

                Why is the sky blue?

                ## local/sprout-1.4m-q8_0

                Because of **Rayleigh** scattering.

                ## You

                More

                ## local/sprout-1.4m-q8_0

                It is

                *(stopped)*

                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void writesJsonForPrograms() throws Exception {
        long one = open.answered("One \"quoted\"", "1").id();
        long two = open.answered("Two", "2").id();
        Files.writeString(file, "what was there before");
        new ChatExport(open.book).write(file, ChatExport.Format.JSON, List.of(one, two, 999L));
        JsonNode read = new JsonMapper().readTree(Files.readString(file));
        assertThat(read).hasSize(2);
        assertThat(read.get(0).get("title").asString()).isEqualTo("One \"quoted\"");
        JsonNode answer = read.get(0).get("messages").get(1);
        assertThat(answer.get("role").asString()).isEqualTo("assistant");
        assertThat(answer.get("completion_tokens").asInt()).isEqualTo(34);
        assertThat(answer.get("took_millis").asInt()).isEqualTo(4000);
    }

    @Test
    void saysWhenTheFileCannotBeWrittenAndLeavesNothing() {
        long chat = open.answered("A secret question", "Yes").id();
        Path nowhere = folder.resolve("missing").resolve("chats.json");
        assertThatThrownBy(() -> new ChatExport(open.book).write(nowhere, ChatExport.Format.JSON, List.of(chat)))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageNotContaining("secret");
    }
}
