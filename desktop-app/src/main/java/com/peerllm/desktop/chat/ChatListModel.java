package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.chats.ChatBook;
import com.peerllm.host.chats.ChatEntry;
import com.peerllm.host.kernel.HostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of chats: searched, and with the last deletion to be taken back. Belongs to the thread of the screens. */
public final class ChatListModel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChatListModel.class);

    private final ChatBook chats;
    private final Workbench bench;
    private final FxSignals signals;
    private final ReadOnlyObjectProperty<List<ChatEntry>> entries;
    private final StringProperty search = new SimpleStringProperty("");
    private final ObservableList<ChatLine> lines = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper nothingFound = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Deletion>> deletion = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Set<Long>> found = Optional.empty();

    /** A chat that was just deleted. */
    public record Deletion(long id, String title, Instant until) {}

    ChatListModel(ChatBook chats, Workbench bench) {
        this.chats = chats;
        this.bench = bench;
        signals = new FxSignals(bench.fxThread());
        entries = signals.follow(chats.entries());
        entries.addListener(change -> {
            show();
            // What was just said may be what is looked for.
            if (found.isPresent()) look();
        });
        search.addListener(change -> look());
        show();
    }

    public ObservableList<ChatLine> lines() {
        return FXCollections.unmodifiableObservableList(lines);
    }

    /** Words to look for in titles and in what was said. */
    public StringProperty searchProperty() {
        return search;
    }

    public ReadOnlyBooleanProperty nothingFoundProperty() {
        return nothingFound.getReadOnlyProperty();
    }

    /** The last deletion, while it can be taken back. */
    public ReadOnlyObjectProperty<Optional<Deletion>> deletionProperty() {
        return deletion.getReadOnlyProperty();
    }

    void delete(long id) {
        String title = chats.entry(id).map(ChatEntry::title).orElse("");
        chats.delete(id);
        deletion.set(Optional.of(new Deletion(id, title, bench.clock().instant().plus(ChatBook.UNDO))));
    }

    /** @return the chat that is back */
    Optional<Long> takeBack() {
        Optional<Long> id = deletion.get().map(Deletion::id);
        id.ifPresent(chats::restore);
        deletion.set(Optional.empty());
        return id;
    }

    void forgetDeletion() {
        deletion.set(Optional.empty());
    }

    void refresh() {
        if (deletion.get()
                .filter(d -> bench.clock().instant().isBefore(d.until()))
                .isEmpty()) forgetDeletion();
    }

    private void look() {
        String words = search.get();
        if (words.isBlank()) {
            found = Optional.empty();
            show();
            return;
        }
        bench.background().execute(() -> {
            try {
                Set<Long> ids = chats.search(words);
                bench.fxThread().execute(() -> {
                    if (!words.equals(search.get())) return;
                    found = Optional.of(ids);
                    show();
                });
            } catch (HostException e) {
                log.warn("Chats could not be searched: {}", e.problem());
            }
        });
    }

    private void show() {
        List<ChatLine> next = entries.get().stream()
                .filter(entry -> found.isEmpty() || found.get().contains(entry.id()))
                .map(this::line)
                .toList();
        if (!next.equals(lines)) lines.setAll(next);
        nothingFound.set(found.isPresent() && next.isEmpty());
    }

    private ChatLine line(ChatEntry entry) {
        return new ChatLine(
                entry.id(),
                entry.title(),
                when(entry.changedAt()),
                entry.favourite(),
                entry.answering(),
                entry.kept() && chats.keeping().get());
    }

    private String when(Instant at) {
        ZoneId zone = ZoneId.systemDefault();
        boolean today = LocalDate.ofInstant(at, zone)
                .equals(LocalDate.ofInstant(bench.clock().instant(), zone));
        DateTimeFormatter format = today
                ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM);
        return format.withLocale(bench.messages().locale()).format(at.atZone(zone));
    }

    @Override
    public void close() {
        signals.close();
    }
}
