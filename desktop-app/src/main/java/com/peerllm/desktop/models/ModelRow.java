package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.HostModel;
import com.peerllm.host.HostModels;
import com.peerllm.shared.money.TokenPrice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/** One model of this computer and what a person does with it. Belongs to the thread of the screens. */
public final class ModelRow implements HereRow {
    /** After this, what the host says stands, whatever was wished. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HostModels models;
    private final InstantSource clock;
    private final ModelsSource source;
    private final ModelWording wording;
    private final Errand errand;
    private final SpeedTest speedTest;
    private final PriceEditor priceEditor;
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<ModelFace> face = new ReadOnlyObjectWrapper<>();

    private HostModel model;
    /** What was asked for and is not done yet. */
    private Optional<Boolean> wishedOnNetwork = Optional.empty();

    private Optional<Boolean> wishedPinned = Optional.empty();
    private Instant wishedAt = Instant.EPOCH;

    ModelRow(HostModel model, ModelsSource source, ModelWording wording, Workbench bench) {
        this.model = model;
        this.source = source;
        this.wording = wording;
        models = source.models();
        clock = bench.clock();
        errand = new Errand(bench);
        speedTest = new SpeedTest(bench, cancellation -> models.measure(name(), cancellation));
        Messages messages = bench.messages();
        priceEditor = new PriceEditor(messages, this::ask);
    }

    void show(HostModel now) {
        model = now;
        wishedOnNetwork = wishedOnNetwork.filter(wish -> wish != now.onNetwork());
        wishedPinned = wishedPinned.filter(wish -> wish != now.pinned());
        render();
    }

    private void forgetWishes() {
        wishedOnNetwork = Optional.empty();
        wishedPinned = Optional.empty();
        render();
    }

    /** Puts it into words again: what the network says of it has changed. */
    void render() {
        face.set(wording.of(
                model,
                wishedOnNetwork.orElse(model.onNetwork()),
                wishedPinned.orElse(model.pinned()),
                source.recentPay().get()));
    }

    private String name() {
        return model.file().name();
    }

    public ReadOnlyObjectProperty<ModelFace> faceProperty() {
        return face.getReadOnlyProperty();
    }

    /** Whether all about it is shown. */
    public BooleanProperty openProperty() {
        return open;
    }

    /** Whether something that was asked for is still being done. */
    public ReadOnlyBooleanProperty busyProperty() {
        return errand.busyProperty();
    }

    /** Why the last thing that was asked for could not be done. */
    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return errand.troubleProperty();
    }

    public SpeedTest speedTest() {
        return speedTest;
    }

    public PriceEditor priceEditor() {
        return priceEditor;
    }

    public void editPrice() {
        priceEditor.begin(model.ask());
    }

    public void offer(boolean onNetwork) {
        if (errand.busyProperty().get()) return;
        wishedOnNetwork = Optional.of(onNetwork);
        wish(() -> models.offer(name(), onNetwork));
    }

    public void pin(boolean pinned) {
        if (errand.busyProperty().get()) return;
        wishedPinned = Optional.of(pinned);
        wish(() -> models.pin(name(), pinned));
    }

    /** Shown as if it were so already: that it is so is told a moment after it was done. */
    private void wish(Runnable work) {
        wishedAt = clock.instant();
        render();
        errand.run(work, this::forgetWishes);
    }

    private void ask(Optional<TokenPrice> price) {
        errand.run(() -> models.ask(name(), price));
    }

    public void load() {
        errand.run(() -> models.load(name()));
    }

    public void unload() {
        errand.run(() -> models.unload(name()));
    }

    public void delete() {
        speedTest.cancel();
        errand.run(() -> models.delete(name()));
    }

    public void showFolder() {
        errand.run(() ->
                source.showFolder().accept(model.file().path().toAbsolutePath().getParent()));
    }

    /** Brings what depends on the time up to date. */
    void refresh() {
        speedTest.refresh();
        boolean wished = wishedOnNetwork.isPresent() || wishedPinned.isPresent();
        boolean late = clock.instant().isAfter(wishedAt.plus(PATIENCE));
        if (wished && late && !errand.busyProperty().get()) forgetWishes();
    }

    /** Ends what nobody would see the end of. */
    void close() {
        speedTest.cancel();
    }
}
