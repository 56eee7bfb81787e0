package com.peerllm.desktop.market;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** A field of a form: what is typed, and what is wrong with it once the person wanted to keep it. */
public final class TypedField {
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<String>> fault = new ReadOnlyObjectWrapper<>(Optional.empty());

    public StringProperty textProperty() {
        return text;
    }

    public ReadOnlyObjectProperty<Optional<String>> faultProperty() {
        return fault.getReadOnlyProperty();
    }

    String text() {
        return text.get() == null ? "" : text.get();
    }

    void blame(Optional<String> sentence) {
        fault.set(sentence);
    }
}
