package com.peerllm.desktop.rules;

import com.peerllm.host.settings.SharingRules.Range;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * A limit that is on or off, and its number as the person types it: told when it can be, and kept with a sentence about what is
 * wrong when it cannot.
 */
final class EnteredNumber {
    private final Range range;
    private final Function<Range, String> outOfRange;
    private final Consumer<OptionalInt> changed;
    private final BooleanProperty on = new SimpleBooleanProperty();
    private final StringProperty text;
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private OptionalInt told = OptionalInt.empty();
    private boolean showing;

    /**
     * @param first stands in the field until the limit is set
     * @param outOfRange the sentence about a number that cannot be
     * @param changed told each number that can be, and nothing when the limit is turned off
     */
    EnteredNumber(Range range, int first, Function<Range, String> outOfRange, Consumer<OptionalInt> changed) {
        this.range = range;
        this.outOfRange = outOfRange;
        this.changed = changed;
        text = new SimpleStringProperty(Integer.toString(first));
        on.addListener(_ -> read());
        text.addListener(_ -> read());
    }

    BooleanProperty onProperty() {
        return on;
    }

    StringProperty textProperty() {
        return text;
    }

    /** What is wrong with the text, or empty. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Takes over the number of the rules; what the person is typing stays as it is typed. */
    void show(OptionalInt value) {
        if (value.equals(told)) return;
        showing = true;
        told = value;
        on.set(value.isPresent());
        if (value.isPresent()) text.set(Integer.toString(value.getAsInt()));
        problem.set("");
        showing = false;
    }

    private void read() {
        if (showing) return;
        OptionalInt number = number();
        problem.set(on.get() && number.isEmpty() ? outOfRange.apply(range) : "");
        if (on.get() && number.isEmpty()) return;
        OptionalInt next = on.get() ? number : OptionalInt.empty();
        if (next.equals(told)) return;
        told = next;
        changed.accept(next);
    }

    private OptionalInt number() {
        String typed = text.get() == null ? "" : text.get().strip();
        if (!typed.matches("\\d{1,6}")) return OptionalInt.empty();
        int number = Integer.parseInt(typed);
        return range.has(number) ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
