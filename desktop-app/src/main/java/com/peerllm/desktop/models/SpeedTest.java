package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.kernel.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Measures a model's speed while a person waits for it, or gives it up. Belongs to the thread of the screens. */
public final class SpeedTest {
    private final InstantSource clock;
    private final Messages messages;
    private final Consumer<Cancellation> measure;
    private final Errand errand;
    private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
    private Cancellation cancellation = new Cancellation();
    private Optional<Instant> begun = Optional.empty();

    /** @param measure takes a while */
    SpeedTest(Workbench bench, Consumer<Cancellation> measure) {
        clock = bench.clock();
        messages = bench.messages();
        this.measure = measure;
        errand = new Errand(bench);
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return errand.busyProperty();
    }

    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return errand.troubleProperty();
    }

    /** For how long it runs. */
    public ReadOnlyStringProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    public void begin() {
        if (errand.busyProperty().get()) return;
        Cancellation mine = new Cancellation();
        cancellation = mine;
        begun = Optional.of(clock.instant());
        refresh();
        errand.run(() -> measure.accept(mine));
    }

    public void cancel() {
        cancellation.cancel();
    }

    void refresh() {
        begun.ifPresent(start -> progress.set(messages.text(
                "models.test.running",
                Math.max(0, Duration.between(start, clock.instant()).toSeconds()))));
    }
}
