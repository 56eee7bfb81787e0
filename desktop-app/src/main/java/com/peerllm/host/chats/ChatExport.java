package com.peerllm.host.chats;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes chats to a file of the person's choice, which only its owner can read; one chat after another, so that all may be many. */
public final class ChatExport {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final ChatBook book;

    /** How the file is written. */
    public enum Format {
        /** For people. */
        MARKDOWN,
        /** For programs: every message with its figures. */
        JSON
    }

    public ChatExport(ChatBook book) {
        this.book = book;
    }

    /**
     * Writes these chats in place of the file, whole or not at all. Waits for the disk.
     *
     * @throws HostException when it cannot be written, with what to do
     */
    public void write(Path file, Format format, List<Long> chats) {
        Path beside = AtomicFile.temporaryBeside(file);
        try {
            Files.deleteIfExists(beside);
            try (FileChannel channel = AtomicFile.create(beside);
                    Writer out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
                switch (format) {
                    case MARKDOWN -> markdown(out, chats);
                    case JSON -> json(out, chats);
                }
                out.flush();
                channel.force(true);
            }
            AtomicFile.moveInto(file, beside);
        } catch (IOException | JacksonException e) {
            throw cannotWrite(file, beside);
        }
    }

    /** Without the cause, which could quote what was said. */
    private static HostException cannotWrite(Path file, Path beside) {
        String rest = "";
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            rest = " A part is left in " + beside + ".";
        }
        return new HostException(
                Problem.DATA_FOLDER_BROKEN,
                file + " cannot be written." + rest + " Check the folder, its permissions and the free space.");
    }

    private void markdown(Writer out, List<Long> chats) throws IOException {
        for (long id : chats) {
            Optional<ChatEntry> entry = book.entry(id);
            Optional<Chat> chat = book.open(id);
            if (entry.isEmpty() || chat.isEmpty()) continue;
            out.write("# " + entry.get().title() + "\n\n");
            if (!entry.get().instructions().isBlank()) {
                out.write("> " + entry.get().instructions().strip().replace("\n", "\n> ") + "\n\n");
            }
            for (Turn turn : turns(chat.get())) {
                String who = turn.speaker() == Turn.Speaker.PERSON ? "You" : turn.model();
                out.write("## " + who + "\n\n" + turn.text().strip() + "\n\n");
                if (isHalf(turn)) out.write("*(" + word(turn) + ")*\n\n");
            }
        }
    }

    private void json(Writer out, List<Long> chats) {
        try (JsonGenerator json = JSON.writerWithDefaultPrettyPrinter().createGenerator(out)) {
            json.writeStartArray();
            for (long id : chats) {
                Optional<ChatEntry> entry = book.entry(id);
                Optional<Chat> chat = book.open(id);
                if (entry.isPresent() && chat.isPresent()) json(json, entry.get(), turns(chat.get()));
            }
            json.writeEndArray();
        }
    }

    private static void json(JsonGenerator json, ChatEntry entry, List<Turn> turns) {
        json.writeStartObject();
        json.writeStringProperty("title", entry.title());
        json.writeStringProperty("changed_at", entry.changedAt().toString());
        json.writeBooleanProperty("favourite", entry.favourite());
        json.writeStringProperty("instructions", entry.instructions());
        json.writeArrayPropertyStart("messages");
        for (Turn turn : turns) json(json, turn);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void json(JsonGenerator json, Turn turn) {
        json.writeStartObject();
        json.writeStringProperty("role", turn.speaker() == Turn.Speaker.PERSON ? "user" : "assistant");
        json.writeStringProperty("content", turn.text());
        if (!turn.thinking().isEmpty()) json.writeStringProperty("reasoning_content", turn.thinking());
        json.writeStringProperty("model", turn.model());
        json.writeStringProperty("state", word(turn));
        json.writeStringProperty("at", turn.at().toString());
        turn.figures().ifPresent(figures -> {
            json.writeNumberProperty("prompt_tokens", figures.promptTokens());
            json.writeNumberProperty("completion_tokens", figures.completionTokens());
            json.writeNumberProperty("took_millis", figures.took().toMillis());
            figures.cost().ifPresent(cost -> json.writeNumberProperty("cost_nano_dollars", cost.nanoDollars()));
        });
        json.writeEndObject();
    }

    /** What an answer on its way has said so far is part of it. */
    private static List<Turn> turns(Chat chat) {
        ChatState state = chat.state().get();
        return state.turns().stream()
                .map(turn -> turn.state() != Turn.State.WRITING || state.live().isEmpty()
                        ? turn
                        : turn.saying(
                                state.live().get().text(), state.live().get().thinking()))
                .toList();
    }

    private static boolean isHalf(Turn turn) {
        return turn.state() != Turn.State.WHOLE;
    }

    private static String word(Turn turn) {
        return switch (turn.state()) {
            case WHOLE -> "whole";
            case WRITING -> "still being written";
            case STOPPED -> "stopped";
            case CUT_OFF -> "cut off by a limit";
            case INTERRUPTED -> "interrupted by the end of the program";
            case FAILED -> "failed";
        };
    }
}
