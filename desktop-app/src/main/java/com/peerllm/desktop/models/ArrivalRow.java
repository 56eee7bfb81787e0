package com.peerllm.desktop.models;

import com.peerllm.host.kernel.Cancellation;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** A file that is being taken in, or what became of it. Belongs to the thread of the screens. */
public final class ArrivalRow implements HereRow {
    private final Path file;
    private final Consumer<ArrivalRow> leave;
    private final Cancellation cancellation = new Cancellation();
    private final ReadOnlyObjectWrapper<ArrivalFace> face;

    /** @param leave takes it off the list, or gives it up */
    ArrivalRow(Path file, ArrivalFace first, Consumer<ArrivalRow> leave) {
        this.file = file;
        this.leave = leave;
        face = new ReadOnlyObjectWrapper<>(first);
    }

    Path file() {
        return file;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    void show(ArrivalFace now) {
        face.set(now);
    }

    public ReadOnlyObjectProperty<ArrivalFace> faceProperty() {
        return face.getReadOnlyProperty();
    }

    /** Gives it up, or takes what became of it off the list. */
    public void leave() {
        leave.accept(this);
    }
}
