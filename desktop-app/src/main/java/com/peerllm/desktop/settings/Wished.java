package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Workbench;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * A value as the person wishes it: shown at once, kept in the background, and shown as it was again when that fails. Belongs
 * to the thread of the screens.
 */
public final class Wished<T> {
    private final ReadOnlyObjectWrapper<T> shown;
    private final Errand errand;
    private final Consumer<T> keep;

    /** @param keep writes it down; may take long and throws {@code HostException} with what to do */
    Wished(T first, Workbench bench, Consumer<T> keep) {
        shown = new ReadOnlyObjectWrapper<>(first);
        errand = new Errand(bench);
        this.keep = keep;
    }

    public ReadOnlyObjectProperty<T> property() {
        return shown.getReadOnlyProperty();
    }

    /** Why the last wish could not be kept. */
    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return errand.troubleProperty();
    }

    public void wish(T value) {
        T before = shown.get();
        shown.set(value);
        errand.run(() -> keep.accept(value), () -> shown.set(before));
    }

    /** A wish that cannot be. */
    void refuse(String sentence) {
        errand.refuse(sentence);
    }

    /** What is so, when it changed elsewhere. */
    void follow(T value) {
        if (!errand.busyProperty().get()) shown.set(value);
    }
}
