package com.peerllm.desktop.logs;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.diagnostics.LogEntry;
import com.peerllm.host.diagnostics.LogFilter;
import com.peerllm.host.diagnostics.LogFollower;
import com.peerllm.host.diagnostics.LogTail;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The log by day, filtered and followed. All of it belongs to the thread of the screens; files are read in the background. */
public final class LogsViewModel implements ScreenModel {
    static final int MOST = 2_000;

    private final LogsSource source;
    private final Messages messages;
    private final LogWording wording;
    private final Errand listing;
    private final Errand reading;
    private final Errand following;
    private final Errand bundling;
    private final ObservableList<Day> days = FXCollections.observableArrayList();
    private final ObjectProperty<Day> day = new SimpleObjectProperty<>();
    private final ObjectProperty<LogRow.Level> least = new SimpleObjectProperty<>(LogRow.Level.INFO);
    private final StringProperty word = new SimpleStringProperty("");
    private final BooleanProperty follow = new SimpleBooleanProperty(true);
    private final ObservableList<LogRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<String>> said = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<LogFollower> follower = Optional.empty();
    private boolean opened;

    /** A day with a log. */
    public record Day(LocalDate date, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    public LogsViewModel(LogsSource source, Workbench bench) {
        this.source = source;
        messages = bench.messages();
        wording = new LogWording(messages);
        listing = new Errand(bench);
        reading = new Errand(bench);
        following = new Errand(bench);
        bundling = new Errand(bench);
        day.addListener(change -> read());
        least.addListener(change -> read());
        word.addListener(change -> read());
    }

    /** Reads for the first time; before it nothing is read, for nobody looks. */
    public void open() {
        opened = true;
        listing.ask(
                () -> source.log().days().stream()
                        .map(date -> new Day(date, wording.day(date)))
                        .toList(),
                this::showDays);
    }

    private void showDays(List<Day> found) {
        Day chosen = day.get();
        days.setAll(found);
        if (chosen == null || !found.contains(chosen)) day.set(found.isEmpty() ? null : found.getFirst());
        else day.set(chosen);
        if (found.isEmpty()) note.set(messages.text("logs.none"));
    }

    public ObservableList<Day> days() {
        return FXCollections.unmodifiableObservableList(days);
    }

    public ObjectProperty<Day> dayProperty() {
        return day;
    }

    public ObjectProperty<LogRow.Level> leastProperty() {
        return least;
    }

    public StringProperty wordProperty() {
        return word;
    }

    /** Whether what is being written is shown at once; only for the newest day. */
    public BooleanProperty followProperty() {
        return follow;
    }

    public ObservableList<LogRow> rows() {
        return FXCollections.unmodifiableObservableList(rows);
    }

    /** How many there are, or why there is none. */
    public ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<String>> readingTroubleProperty() {
        return reading.troubleProperty();
    }

    private void read() {
        if (day.get() == null) return;
        LocalDate date = day.get().date();
        LogFilter filter = filter();
        reading.ask(
                () -> {
                    LogFollower next = new LogFollower(source.log().folder());
                    return new Found(source.log().read(date, filter, MOST), next);
                },
                this::show);
    }

    private record Found(LogTail.Page page, LogFollower follower) {}

    private void show(Found found) {
        follower = Optional.of(found.follower());
        rows.setAll(found.page().entries().stream().map(wording::row).toList());
        count(found.page().omitted());
    }

    private void count(long omitted) {
        note.set(
                rows.isEmpty()
                        ? messages.text("logs.nothing")
                        : omitted > 0
                                ? messages.text("logs.omitted", rows.size(), omitted)
                                : messages.text("logs.count", rows.size()));
    }

    private LogFilter filter() {
        LogEntry.Level level = switch (least.get()) {
            case INFO -> LogEntry.Level.INFO;
            case WARNING -> LogEntry.Level.WARN;
            case ERROR -> LogEntry.Level.ERROR;
        };
        return new LogFilter(level, word.get());
    }

    /** Looks for what was written in the last second. */
    @Override
    public void refresh() {
        boolean newest = !days.isEmpty() && days.getFirst().equals(day.get());
        if (!opened
                || !follow.get()
                || !newest
                || reading.busyProperty().get()
                || following.busyProperty().get()) return;
        LogFilter filter = filter();
        follower.ifPresent(now -> following.ask(
                now::news,
                entries -> append(entries.stream().filter(filter::takes).toList())));
    }

    private void append(List<LogEntry> entries) {
        if (entries.isEmpty()) return;
        // After midnight there is a new day.
        if (!entries.getLast().at().toLocalDate().equals(day.get().date())) {
            open();
            return;
        }
        rows.addAll(entries.stream().map(wording::row).toList());
        int over = rows.size() - MOST;
        if (over > 0) rows.remove(0, over);
        count(Math.max(0, over));
    }

    /** These entries as they stand in the file; all that are shown when none is chosen. */
    public String copy(List<LogRow> chosen) {
        return (chosen.isEmpty() ? rows : chosen).stream().map(LogRow::whole).collect(Collectors.joining("\n"));
    }

    public void openFolder() {
        source.openFolder().accept(source.log().folder());
    }

    public void bundle(Path file) {
        said.set(Optional.empty());
        bundling.ask(
                () -> {
                    source.bundle().accept(file);
                    return file;
                },
                done -> said.set(Optional.of(messages.text("logs.bundle.done", done.toString()))));
    }

    public ReadOnlyBooleanProperty bundlingProperty() {
        return bundling.busyProperty();
    }

    public ReadOnlyObjectProperty<Optional<String>> bundlingTroubleProperty() {
        return bundling.troubleProperty();
    }

    /** That the bundle was written, and where. */
    public ReadOnlyObjectProperty<Optional<String>> saidProperty() {
        return said.getReadOnlyProperty();
    }

    @Override
    public void close() {
        opened = false;
    }
}
