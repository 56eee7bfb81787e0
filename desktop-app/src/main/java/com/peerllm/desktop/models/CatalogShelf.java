package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.HostModel;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.host.modelstore.Download;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The catalogue as a person searches it. Belongs to the thread of the screens. */
public final class CatalogShelf {
    private final ModelsSource source;
    private final ReadOnlyObjectProperty<List<CatalogOffer>> offers;
    private final ReadOnlyObjectProperty<List<HostModel>> models;
    private final ReadOnlyObjectProperty<List<Download>> downloads;
    private final ReadOnlyObjectProperty<Optional<RecentPay>> recentPay;
    private final ReadOnlyObjectProperty<Instant> writtenAt;
    private final RowsById<CatalogOffer, CatalogRow> rows;
    private final ObservableList<CatalogRow> shown = FXCollections.observableArrayList();
    private final StringProperty query = new SimpleStringProperty("");
    private final ObjectProperty<Optional<FitFace.Kind>> filter = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private Whereabouts whereabouts;

    CatalogShelf(ModelsSource source, FxSignals signals, Workbench bench) {
        this.source = source;
        CatalogWording wording = new CatalogWording(bench.messages());
        offers = signals.follow(source.catalog());
        writtenAt = signals.follow(source.catalogWrittenAt());
        models = signals.follow(source.models().all());
        downloads = signals.follow(source.downloads().all());
        recentPay = signals.follow(source.recentPay());
        whereabouts = new Whereabouts(models.get(), downloads.get(), source.order());
        rows = new RowsById<>(
                offer -> offer.model().id(),
                offer -> new CatalogRow(offer, source, wording, bench),
                (row, offer) -> row.show(offer, whereabouts, recentPay.get()));
        offers.addListener(changed -> show());
        models.addListener(changed -> show());
        downloads.addListener(changed -> show());
        recentPay.addListener(changed -> show());
        query.addListener(changed -> find());
        filter.addListener(changed -> find());
        show();
    }

    private void show() {
        whereabouts = new Whereabouts(models.get(), downloads.get(), source.order());
        rows.show(offers.get());
        ready.set(!offers.get().isEmpty());
        find();
    }

    private void find() {
        List<CatalogRow> found = rows.rows().stream()
                .filter(row -> row.has(query.get()))
                .filter(row -> filter.get().isEmpty()
                        || filter.get().get()
                                == row.faceProperty().get().best().fit().kind())
                .sorted(Comparator.comparing(row -> !row.isRecommended()))
                .toList();
        RowsById.order(shown, found);
    }

    /** What was found, the recommended one first. */
    public ObservableList<CatalogRow> shown() {
        return shown;
    }

    /** Whether the catalogue has been read, and what of it suits this computer is known. */
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /** When the catalogue was signed. */
    public ReadOnlyObjectProperty<Instant> writtenAtProperty() {
        return writtenAt;
    }

    /** Words that must all be found in name, family, publisher or licence. */
    public StringProperty queryProperty() {
        return query;
    }

    /** Only what fits this computer so; empty for all. */
    public ObjectProperty<Optional<FitFace.Kind>> filterProperty() {
        return filter;
    }

    public void searchAgain() {
        query.set("");
        filter.set(Optional.empty());
    }
}
