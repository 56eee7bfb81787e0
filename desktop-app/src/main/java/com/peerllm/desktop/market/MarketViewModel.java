package com.peerllm.desktop.market;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.listings.Listing;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What a person means to sell: their listings, and the form of one of them. All of it belongs to the thread of the screens. */
public final class MarketViewModel implements ScreenModel {
    private final MarketSource source;
    private final Messages messages;
    private final MarketWording wording;
    private final FxSignals signals;
    private final Errand deleting;
    private final ListingEditor editor;
    private final ReadOnlyObjectProperty<List<Listing>> listings;
    private final ObservableList<ListingLine> lines = FXCollections.observableArrayList();
    private final StringProperty search = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper editing = new ReadOnlyBooleanWrapper();

    public MarketViewModel(MarketSource source, Workbench bench) {
        this.source = source;
        messages = bench.messages();
        wording = new MarketWording(messages);
        signals = new FxSignals(bench.fxThread());
        deleting = new Errand(bench);
        editor = new ListingEditor(source.keeping(), wording, bench, () -> editing.set(false));
        listings = signals.follow(source.listings());
        listings.addListener(change -> show());
        search.addListener(change -> show());
        show();
    }

    private void show() {
        List<String> words = Arrays.stream(
                        search.get().toLowerCase(messages.locale()).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        lines.setAll(listings.get().stream()
                .map(wording::line)
                .filter(line -> words.stream().allMatch(text(line)::contains))
                .toList());
    }

    private String text(ListingLine line) {
        Locale locale = messages.locale();
        return (line.title() + " " + line.about() + " " + line.price()).toLowerCase(locale);
    }

    /** Those that are searched for, the one changed last first. */
    public ObservableList<ListingLine> lines() {
        return lines;
    }

    /** Whether there is any listing, searched for or not. */
    public ObservableValue<Boolean> anyProperty() {
        return listings.map(all -> !all.isEmpty());
    }

    public StringProperty searchProperty() {
        return search;
    }

    public ReadOnlyBooleanProperty editingProperty() {
        return editing.getReadOnlyProperty();
    }

    public ListingEditor editor() {
        return editor;
    }

    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return deleting.troubleProperty();
    }

    /** Opens an empty form. */
    public void begin() {
        editor.fresh();
        editing.set(true);
    }

    /** What was dropped or chosen: offered in the open form, or in a new one. */
    public void offer(List<Path> paths) {
        if (paths.isEmpty()) return;
        if (!editing.get()) begin();
        if (paths.size() == 1) editor.offer(paths.getFirst());
        else editor.refuse(messages.text("market.trouble.several"));
    }

    public void edit(String id) {
        listings.get().stream()
                .filter(listing -> listing.id().equals(id))
                .findFirst()
                .ifPresent(listing -> {
                    editor.of(listing);
                    editing.set(true);
                });
    }

    /** Leaves the form without keeping what was typed. */
    public void leave() {
        editor.stopLooking();
        editing.set(false);
    }

    public void delete(String id) {
        deleting.run(() -> source.keeping().delete(id));
    }

    @Override
    public void close() {
        editor.stopLooking();
        signals.close();
    }
}
