package com.peerllm.host.chats;

import com.peerllm.host.answering.Assistant;
import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.storage.ChatTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * All chats of this computer's person, with their titles; opens them, and forgets them when it is told to. On any thread.
 */
public final class ChatBook implements AutoCloseable {
    /** How long a deletion can be taken back. */
    public static final Duration UNDO = Duration.ofSeconds(10);

    /** Open chats that are remembered although nobody may look at them. */
    private static final int OPENED = 16;

    private final Assistant assistant;
    private final InstantSource clock;
    private final ChatPen pen;
    private final Signal<List<ChatEntry>> entries = new Signal<>(List.of());
    private final Signal<Boolean> keeping;
    private final Map<Long, ChatEntry> known = new TreeMap<>();
    private final Map<Long, ChatEntry> deleted = new TreeMap<>();
    private final Map<Long, Chat> opened = new LinkedHashMap<>(OPENED, 0.75f, true);
    private long nextId;

    /** Reads the titles. Waits for the disk. */
    public ChatBook(ChatTable table, Assistant assistant, InstantSource clock, Alarms alarms, ThreadFactory threads) {
        this.assistant = assistant;
        this.clock = clock;
        table.deleteHidden();
        keeping = new Signal<>(table.kept());
        table.all().stream().map(ChatEntry::of).forEach(entry -> known.put(entry.id(), entry));
        nextId = known.keySet().stream().mapToLong(id -> id + 1).max().orElse(1);
        pen = new ChatPen(table, alarms, threads);
        tell();
    }

    /** Those in which something was said; favourites first, then the newest. */
    public Signal<List<ChatEntry>> entries() {
        return entries;
    }

    /** Whether what is said is written to disk. */
    public Signal<Boolean> keeping() {
        return keeping;
    }

    /** Why chats cannot be written down at the moment, and what to do. */
    public Signal<Optional<String>> trouble() {
        return pen.trouble();
    }

    /** What is said from now on is written down, or not; what was written stays until it is deleted. */
    public void keep(boolean kept) {
        keeping.set(kept);
        pen.write(table -> table.keep(kept));
    }

    /** A chat in which nothing was said yet; the same until something is. */
    public synchronized Chat begin(String model) {
        Optional<ChatEntry> blank =
                known.values().stream().filter(ChatEntry::isBlank).findFirst();
        if (blank.isPresent() && opened.containsKey(blank.get().id()))
            return opened.get(blank.get().id());
        blank.ifPresent(entry -> known.remove(entry.id()));
        long id = nextId++;
        known.put(id, ChatEntry.begun(id, model, clock.instant(), keeping.get()));
        Chat chat = new Chat(this, id, List.of());
        hold(chat);
        return chat;
    }

    /**
     * Waits for the disk.
     *
     * @return empty when it was deleted
     */
    public Optional<Chat> open(long id) {
        synchronized (this) {
            if (!known.containsKey(id)) return Optional.empty();
            if (opened.containsKey(id)) return Optional.of(opened.get(id));
        }
        List<Turn> turns = pen.read(table -> table.messages(id)).stream()
                .map(TurnRows::turn)
                .toList();
        synchronized (this) {
            if (!known.containsKey(id)) return Optional.empty();
            if (!opened.containsKey(id)) hold(new Chat(this, id, turns));
            return Optional.of(opened.get(id));
        }
    }

    /** Title, favourite, model and instructions of a chat, of one in which nothing was said yet too. */
    public synchronized Optional<ChatEntry> entry(long id) {
        return Optional.ofNullable(known.get(id));
    }

    /** Without effect for an empty title. */
    public void rename(long id, String title) {
        String typed = ChatTitle.typed(title);
        if (!typed.isEmpty()) change(id, entry -> entry.isBlank() ? entry : entry.titled(typed));
    }

    public void favour(long id, boolean favourite) {
        change(id, entry -> entry.favoured(favourite));
    }

    public void choose(long id, String model) {
        change(id, entry -> entry.asking(model));
    }

    /** @param instructions at most {@link ChatLimits#INSTRUCTIONS} characters; the rest is left out */
    public void instruct(long id, String instructions) {
        int end = Math.min(instructions.length(), ChatLimits.INSTRUCTIONS);
        change(id, entry -> entry.instructed(instructions.substring(0, end)));
    }

    /** Stops its answer and hides it; after {@link #UNDO}, or when the program ends, it is gone for good. */
    public void delete(long id) {
        Optional<Chat> chat;
        synchronized (this) {
            ChatEntry entry = known.remove(id);
            if (entry == null) return;
            deleted.put(id, entry);
            chat = Optional.ofNullable(opened.get(id));
            tell();
        }
        chat.ifPresent(Chat::stop);
        pen.write(table -> table.hide(id, true));
        pen.after(UNDO, () -> forget(id));
    }

    /** Takes a deletion back, while it can. */
    public synchronized void restore(long id) {
        ChatEntry entry = deleted.remove(id);
        if (entry == null) return;
        boolean answers =
                opened.containsKey(id) && opened.get(id).state().get().live().isPresent();
        known.put(id, entry.changed(entry.changedAt(), answers));
        pen.write(table -> table.hide(id, false));
        tell();
    }

    private synchronized void forget(long id) {
        if (deleted.remove(id) == null) return;
        opened.remove(id);
        pen.write(table -> table.delete(id));
    }

    /** Stops all answers and deletes everything that was ever said, for good. */
    public void deleteAll() {
        List<Chat> all;
        synchronized (this) {
            all = List.copyOf(opened.values());
            opened.clear();
            known.clear();
            deleted.clear();
            tell();
        }
        all.forEach(Chat::stop);
        pen.write(ChatTable::deleteAll);
    }

    /** Chats that have these words in their title or in what was said. Waits for the disk. */
    public Set<Long> search(String words) {
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        Set<Long> found = new HashSet<>(pen.read(table -> table.having(wanted)));
        List<Chat> inMemory;
        synchronized (this) {
            inMemory = List.copyOf(opened.values());
        }
        inMemory.stream()
                .filter(chat -> chat.state().get().turns().stream()
                        .anyMatch(turn -> turn.text().toLowerCase(Locale.ROOT).contains(wanted)))
                .forEach(chat -> found.add(chat.id()));
        entries.get().stream()
                .filter(entry -> entry.title().toLowerCase(Locale.ROOT).contains(wanted))
                .forEach(entry -> found.add(entry.id()));
        return found;
    }

    Instant now() {
        return clock.instant();
    }

    Assistant assistant() {
        return assistant;
    }

    ChatPen pen() {
        return pen;
    }

    /** A question was asked: the chat has a title, and stands at the top. */
    synchronized void said(Chat chat, String model, String text) {
        if (!opened.containsKey(chat.id()) && known.containsKey(chat.id())) hold(chat);
        change(
                chat.id(),
                entry -> (entry.isBlank() ? entry.opened(ChatTitle.of(text), keeping.get()) : entry)
                        .asking(model)
                        .changed(clock.instant(), true));
        if (known.size() > ChatLimits.CHATS) deleteOldest(chat.id());
    }

    synchronized void answered(long id) {
        change(id, entry -> entry.changed(clock.instant(), false));
    }

    void writeIfKept(long id, Consumer<ChatTable> what) {
        boolean kept = keeping.get() && entry(id).map(ChatEntry::kept).orElse(false);
        if (kept) pen.write(what);
    }

    private synchronized void change(long id, UnaryOperator<ChatEntry> how) {
        ChatEntry before = known.get(id);
        if (before == null) return;
        ChatEntry after = how.apply(before);
        if (after.equals(before)) return;
        known.put(id, after);
        if (after.isBlank()) return;
        if (!after.row().equals(before.row())) writeIfKept(id, table -> table.put(after.row()));
        tell();
    }

    private void hold(Chat chat) {
        opened.put(chat.id(), chat);
        List<Long> idle = new ArrayList<>();
        for (Chat other : opened.values()) {
            boolean needed = other == chat
                    || other.state().get().live().isPresent()
                    || !entryOf(other).map(ChatEntry::kept).orElse(false);
            if (!needed) idle.add(other.id());
        }
        int tooMany = opened.size() - OPENED;
        for (int i = 0; i < Math.min(tooMany, idle.size()); i++) opened.remove(idle.get(i));
    }

    private Optional<ChatEntry> entryOf(Chat chat) {
        return Optional.ofNullable(known.get(chat.id()));
    }

    private void deleteOldest(long notThis) {
        known.values().stream()
                .filter(entry -> !entry.favourite() && !entry.answering() && entry.id() != notThis)
                .min(ChatEntry.ORDER.reversed())
                .ifPresent(oldest -> {
                    known.remove(oldest.id());
                    opened.remove(oldest.id());
                    pen.write(table -> table.delete(oldest.id()));
                    tell();
                });
    }

    private synchronized void tell() {
        entries.set(known.values().stream()
                .filter(entry -> !entry.isBlank())
                .sorted(ChatEntry.ORDER)
                .toList());
    }

    /** Writes down what answers on their way have said; waits for the disk. */
    @Override
    public void close() {
        List<Chat> all;
        synchronized (this) {
            all = List.copyOf(opened.values());
        }
        all.forEach(Chat::writeNow);
        all.forEach(Chat::stop);
        pen.write(ChatTable::deleteHidden);
        pen.close();
    }
}
