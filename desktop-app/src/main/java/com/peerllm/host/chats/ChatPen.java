package com.peerllm.host.chats;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.storage.ChatTable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes chats down, one thing after another on a thread of its own, so that nobody who speaks waits for the disk.
 *
 * <p>When the disk refuses, the chats live on in memory, and {@link #trouble} says so until writing works again.
 */
final class ChatPen implements AutoCloseable {
    /** Together with the database's own half a second, what a crash can lose stays under a second. */
    static final Duration PAUSE = Duration.ofMillis(300);

    private final ChatTable table;
    private final Alarms alarms;
    private final Mailbox mailbox;
    private final Signal<Optional<String>> trouble = new Signal<>(Optional.empty());

    ChatPen(ChatTable table, Alarms alarms, ThreadFactory threads) {
        this.table = table;
        this.alarms = alarms;
        mailbox = new Mailbox(threads);
    }

    Signal<Optional<String>> trouble() {
        return trouble;
    }

    /** Writes soon. */
    void write(Consumer<ChatTable> what) {
        mailbox.post(() -> {
            try {
                what.accept(table);
                trouble.set(Optional.empty());
            } catch (HostException e) {
                trouble.set(Optional.of(e.sentence()));
            }
        });
    }

    /** Runs it after the usual pause, not yet on the pen's thread. */
    void afterAPause(Runnable what) {
        alarms.after(PAUSE, what);
    }

    void after(Duration time, Runnable what) {
        alarms.after(time, what);
    }

    /** Reads what is there after all that was written before. Waits for the disk. */
    <T> T read(Function<ChatTable, T> what) {
        try {
            return mailbox.ask(() -> what.apply(table));
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof HostException known) throw known;
            throw e;
        }
    }

    /** Waits until all is written. */
    @Override
    public void close() {
        mailbox.close();
    }
}
