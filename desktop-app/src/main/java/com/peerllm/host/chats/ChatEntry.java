package com.peerllm.host.chats;

import com.peerllm.host.storage.ChatRow;
import java.time.Instant;
import java.util.Comparator;

/**
 * A chat as the list of chats knows it.
 *
 * @param title empty until something was said
 * @param model that was asked last, an id of the assistant; empty before one was chosen
 * @param instructions for the model, before everything that is said
 * @param kept whether it is written to disk; else it ends with the program
 * @param answering whether an answer is on its way
 */
public record ChatEntry(
        long id,
        String title,
        boolean favourite,
        String model,
        String instructions,
        Instant changedAt,
        boolean kept,
        boolean answering) {
    /** Favourites first, then what changed last. */
    public static final Comparator<ChatEntry> ORDER = Comparator.comparing(ChatEntry::favourite)
            .thenComparing(ChatEntry::changedAt)
            .thenComparing(ChatEntry::id)
            .reversed();

    static ChatEntry of(ChatRow row) {
        return new ChatEntry(
                row.id(),
                row.title(),
                row.favourite(),
                row.model(),
                row.instructions(),
                Instant.ofEpochMilli(row.changedAtMillis()),
                true,
                false);
    }

    static ChatEntry begun(long id, String model, Instant at, boolean kept) {
        return new ChatEntry(id, "", false, model, "", at, kept, false);
    }

    ChatRow row() {
        return new ChatRow(id, title, favourite, model, instructions, changedAt.toEpochMilli());
    }

    /** Nothing was said in it yet, and no list shows it. */
    boolean isBlank() {
        return title.isEmpty();
    }

    /** The first thing is said in it. */
    ChatEntry opened(String firstTitle, boolean nowKept) {
        return new ChatEntry(id, firstTitle, favourite, model, instructions, changedAt, nowKept, answering);
    }

    ChatEntry titled(String next) {
        return new ChatEntry(id, next, favourite, model, instructions, changedAt, kept, answering);
    }

    ChatEntry favoured(boolean next) {
        return new ChatEntry(id, title, next, model, instructions, changedAt, kept, answering);
    }

    ChatEntry asking(String nextModel) {
        return new ChatEntry(id, title, favourite, nextModel, instructions, changedAt, kept, answering);
    }

    ChatEntry instructed(String next) {
        return new ChatEntry(id, title, favourite, model, next, changedAt, kept, answering);
    }

    ChatEntry changed(Instant at, boolean nowAnswering) {
        return new ChatEntry(id, title, favourite, model, instructions, at, kept, nowAnswering);
    }

    /** Without what was said, for a log may print it. */
    @Override
    public String toString() {
        return "ChatEntry[" + id + "]";
    }
}
