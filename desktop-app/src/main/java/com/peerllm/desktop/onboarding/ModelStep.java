package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.onboarding.OnboardingSource.Suggestion;
import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.desktop.toolkit.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** Which model to begin with: the recommended one, the one that comes with the program, or a file. */
public final class ModelStep {
    private final OnboardingSource source;
    private final Messages messages;
    private final Numbers numbers;
    private final Errand reading;
    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.STARTER);
    private final ReadOnlyObjectWrapper<Optional<Offer>> offer = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Path>> file = new ReadOnlyObjectWrapper<>(Optional.empty());

    /** What a person can begin with. */
    public enum Choice {
        RECOMMENDED,
        STARTER,
        FILE
    }

    /** @param lines its size, its speed here and what it earned, in words */
    public record Offer(String name, List<String> lines) {}

    ModelStep(OnboardingSource source, Workbench bench) {
        this.source = source;
        messages = bench.messages();
        numbers = new Numbers(messages.locale());
        reading = new Errand(bench);
    }

    void read() {
        if (offer.get().isPresent()) return;
        reading.ask(
                source.suggestion(),
                found -> found.ifPresent(suggestion -> {
                    offer.set(Optional.of(worded(suggestion)));
                    if (choice.get() == Choice.STARTER) choice.set(Choice.RECOMMENDED);
                }));
    }

    private Offer worded(Suggestion suggestion) {
        List<String> lines = new ArrayList<>();
        lines.add(
                suggestion.sizeBytes().isPresent()
                        ? messages.text(
                                "onboarding.model.variant",
                                suggestion.variant(),
                                numbers.size(suggestion.sizeBytes().getAsLong()))
                        : messages.text("onboarding.model.variant.unknownSize", suggestion.variant()));
        suggestion
                .advice()
                .tokensPerSecond()
                .ifPresent(speed -> lines.add(
                        suggestion.advice().measured()
                                ? messages.text("onboarding.model.speed.measured", numbers.rate(speed))
                                : messages.text("onboarding.model.speed.expected", numbers.rate(speed))));
        lines.add(suggestion.paidLately().orElseGet(() -> messages.text("onboarding.model.paid.unknown")));
        return new Offer(suggestion.name(), List.copyOf(lines));
    }

    public ReadOnlyObjectProperty<Optional<Offer>> offerProperty() {
        return offer.getReadOnlyProperty();
    }

    public Errand reading() {
        return reading;
    }

    public ObjectProperty<Choice> choiceProperty() {
        return choice;
    }

    public ReadOnlyObjectProperty<Optional<Path>> fileProperty() {
        return file.getReadOnlyProperty();
    }

    /** A file was chosen or dropped. */
    public void choose(Path one) {
        file.set(Optional.of(one));
        choice.set(Choice.FILE);
    }

    /** What is to be done, in the background, when the step is left. */
    Runnable keep() {
        Optional<Path> chosen = file.get();
        return switch (choice.get()) {
            case RECOMMENDED -> source.choices()::downloadSuggested;
            case STARTER -> source.choices()::useStarter;
            case FILE -> () -> chosen.ifPresent(source.choices()::take);
        };
    }

    /** Whether there is what was chosen. */
    boolean isComplete() {
        return choice.get() != Choice.FILE || file.get().isPresent();
    }
}
