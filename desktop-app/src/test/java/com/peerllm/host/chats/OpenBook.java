package com.peerllm.host.chats;

import com.peerllm.host.kernel.HandAlarms;
import com.peerllm.host.storage.HostDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A book of chats over a real database, at a time that the test moves. */
public final class OpenBook implements AutoCloseable {
    public final StagedAssistant assistant = new StagedAssistant();
    public final HandAlarms alarms = new HandAlarms();
    public final HostDatabase database;
    public final ChatBook book;
    public volatile Instant now;

    /** @param file of the database; what is there already is read */
    public OpenBook(Path file, Instant now) {
        this.now = now;
        database = HostDatabase.open(file);
        book = new ChatBook(
                database.chats(),
                assistant,
                () -> this.now,
                alarms,
                Thread.ofPlatform().daemon().factory());
    }

    /** A chat that was answered. */
    public Chat answered(String question, String answer) {
        Chat chat = book.begin(StagedAssistant.SPROUT.id());
        chat.ask(StagedAssistant.SPROUT.id(), question);
        now = now.plusSeconds(4);
        assistant.last().says(answer).ends(12, 34);
        now = now.plusSeconds(60);
        return chat;
    }

    /** What is said in a chat, as the disk has it. */
    public List<String> onDisk(long chat) {
        return book.pen()
                .read(table -> table.messages(chat).stream()
                        .map(m -> m.state() + ": " + m.text())
                        .toList());
    }

    @Override
    public void close() {
        book.close();
        database.close();
    }
}
