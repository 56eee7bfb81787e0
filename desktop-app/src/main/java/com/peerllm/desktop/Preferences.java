package com.peerllm.desktop;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** How the person likes the window, kept in its file after each change. Changed on the thread of the screens. */
public final class Preferences {
    private final Path file;
    private final Executor background;
    private final ReadOnlyObjectWrapper<DesktopSettings> current;
    private final Object writing = new Object();
    private volatile DesktopSettings latest;

    /** Reads the file at once. */
    Preferences(Path file, Executor background) {
        this.file = file;
        this.background = background;
        latest = DesktopSettings.read(file);
        current = new ReadOnlyObjectWrapper<>(latest);
    }

    public ReadOnlyObjectProperty<DesktopSettings> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** On any thread. */
    DesktopSettings get() {
        return latest;
    }

    void update(UnaryOperator<DesktopSettings> change) {
        DesktopSettings next = change.apply(latest);
        if (next.equals(latest)) return;
        latest = next;
        current.set(next);
        background.execute(this::write);
    }

    /** Whoever comes last writes the latest, so that an older one never ends up in the file. */
    private void write() {
        synchronized (writing) {
            latest.write(file);
        }
    }
}
