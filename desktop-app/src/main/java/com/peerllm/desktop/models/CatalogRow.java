package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.CatalogVariant;
import com.peerllm.host.earnings.RecentPay;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/** One published model and what a person does with it. Belongs to the thread of the screens. */
public final class CatalogRow {
    private final ModelsSource source;
    private final CatalogWording wording;
    private final Errand errand;
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<CatalogFace> face = new ReadOnlyObjectWrapper<>();
    private CatalogOffer offer;
    private String searched = "";

    CatalogRow(CatalogOffer offer, ModelsSource source, CatalogWording wording, Workbench bench) {
        this.offer = offer;
        this.source = source;
        this.wording = wording;
        errand = new Errand(bench);
    }

    void show(CatalogOffer now, Whereabouts whereabouts, Optional<RecentPay> recentPay) {
        offer = now;
        CatalogModel model = now.model();
        searched = String.join(" ", model.name(), model.id(), model.family(), model.publisher(), model.licence())
                .toLowerCase(Locale.ROOT);
        face.set(wording.of(now, whereabouts, recentPay));
    }

    boolean isRecommended() {
        return offer.recommended();
    }

    /** Whether all of these words stand in its name, its family, its publisher's name or its licence. */
    boolean has(String words) {
        return Stream.of(words.strip().toLowerCase(Locale.ROOT).split("\\s+")).allMatch(searched::contains);
    }

    public ReadOnlyObjectProperty<CatalogFace> faceProperty() {
        return face.getReadOnlyProperty();
    }

    /** Whether its other variants are shown. */
    public BooleanProperty openProperty() {
        return open;
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return errand.busyProperty();
    }

    /** Why the download could not be begun. */
    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return errand.troubleProperty();
    }

    /** @param file of the variant */
    public void download(String file) {
        CatalogModel model = offer.model();
        CatalogVariant variant = model.variants().stream()
                .filter(each -> each.file().equals(file))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not a variant of this model: " + file));
        errand.run(() -> source.downloads().fetch(source.order().apply(model, variant)));
    }

    public void showLicence() {
        errand.run(() -> source.openPage().accept(URI.create(offer.model().licenceUrl())));
    }
}
