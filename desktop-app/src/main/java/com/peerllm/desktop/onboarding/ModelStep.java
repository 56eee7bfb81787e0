package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.onboarding.OnboardingSource.Suggestion;
import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.desktop.toolkit.RecentPayWording;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.shared.model.ModelDigest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

/** Which model to begin with: the recommended one, the one that comes with the program, or a file. */
public final class ModelStep {
    private final OnboardingSource source;
    private final ObservableValue<String> address;
    private final Messages messages;
    private final RecentPayWording paidWording;
    private final Numbers numbers;
    private final Errand reading;
    private final Errand asking;
    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.STARTER);
    private final ReadOnlyObjectWrapper<Optional<Offer>> offer = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Path>> file = new ReadOnlyObjectWrapper<>(Optional.empty());

    private Optional<Suggestion> suggested = Optional.empty();
    private Optional<RecentPay.OfModel> paid = Optional.empty();

    /** What a person can begin with. */
    public enum Choice {
        RECOMMENDED,
        STARTER,
        FILE
    }

    /** @param lines its size, its speed here and what it earned, in words */
    public record Offer(String name, List<String> lines) {}

    /** @param address of the network, as far as it was entered */
    ModelStep(OnboardingSource source, ObservableValue<String> address, Workbench bench) {
        this.source = source;
        this.address = address;
        paidWording = new RecentPayWording(bench.messages());
        asking = new Errand(bench);
        messages = bench.messages();
        numbers = new Numbers(messages.locale());
        reading = new Errand(bench);
    }

    void read() {
        if (offer.get().isPresent()) return;
        reading.ask(
                source.suggestion(),
                found -> found.ifPresent(suggestion -> {
                    suggested = found;
                    show();
                    askPaid();
                    if (choice.get() == Choice.STARTER) choice.set(Choice.RECOMMENDED);
                }));
    }

    /** What hosts of the suggested model were paid in the network that was named; without one, nothing is asked. */
    void askPaid() {
        String network = address.getValue().strip();
        Optional<ModelDigest> digest = suggested.flatMap(Suggestion::digest);
        if (digest.isEmpty() || network.isEmpty()) return;
        asking.ask(() -> source.recentPay().apply(network).flatMap(told -> told.of(digest.get())), told -> {
            paid = told;
            show();
        });
    }

    private void show() {
        offer.set(suggested.map(this::worded));
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
        lines.add(paidWording.of(paid));
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
