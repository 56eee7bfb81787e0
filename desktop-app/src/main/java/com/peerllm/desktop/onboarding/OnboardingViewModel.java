package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * The first steps: each is kept when it is left, and all of them can be skipped. Belongs to the thread of the screens.
 */
public final class OnboardingViewModel implements ScreenModel {
    private static final List<Step> STEPS = List.of(Step.values());

    private final OnboardingSource source;
    private final Workbench bench;
    private final Messages messages;
    private final ComputerWording wording;
    private final Errand reading;
    private final Errand keeping;
    private final ModelStep model;
    private final WhenStep when;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.COMPUTER);
    private final ReadOnlyObjectWrapper<Optional<Computer>> computer = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final StringProperty address = new SimpleStringProperty("");

    /** What is known of this computer: in one sentence, and the figures that it follows from. */
    public record Computer(String sentence, List<Figure> figures) {}

    /** @param source who says so */
    public record Figure(String name, String value, String source) {}

    public OnboardingViewModel(OnboardingSource source, Workbench bench) {
        this.source = source;
        this.bench = bench;
        messages = bench.messages();
        wording = new ComputerWording(messages);
        reading = new Errand(bench);
        keeping = new Errand(bench);
        model = new ModelStep(source, address, bench);
        when = new WhenStep(source);
        address.set(source.settings().get().orchestrator().orElse(""));
    }

    /** Begins with the first step, and reads the computer the first time. */
    public void open() {
        step.set(Step.COMPUTER);
        if (computer.get().isPresent()) {
            when.read();
            return;
        }
        reading.ask(() -> wording.of(source.computer().get()), words -> {
            computer.set(Optional.of(words));
            model.read();
        });
    }

    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    /** Empty until it was read. */
    public ReadOnlyObjectProperty<Optional<Computer>> computerProperty() {
        return computer.getReadOnlyProperty();
    }

    public Errand reading() {
        return reading;
    }

    /** What keeps a step that is left, and starts sharing at the end. */
    public Errand keeping() {
        return keeping;
    }

    public ModelStep model() {
        return model;
    }

    public WhenStep when() {
        return when;
    }

    public String pseudonym() {
        return source.pseudonym();
    }

    public StringProperty addressProperty() {
        return address;
    }

    /** Keeps what was chosen and goes on. */
    public void next() {
        switch (step.get()) {
            case COMPUTER -> step.set(Step.MODEL);
            case MODEL -> {
                if (model.isComplete()) keepAndGo(model.keep(), Step.WHEN);
                else keeping.refuse(messages.text("onboarding.model.noFile"));
            }
            case WHEN -> keepAndGo(when.keep(), Step.READY);
            case READY -> start();
        }
    }

    private void keepAndGo(Runnable keep, Step next) {
        keeping.ask(
                () -> {
                    keep.run();
                    return next;
                },
                step::set);
    }

    public void back() {
        keeping.forget();
        int at = STEPS.indexOf(step.get());
        if (at > 0) step.set(STEPS.get(at - 1));
        // An address may have been entered in between.
        if (step.get() == Step.MODEL) model.askPaid();
    }

    private void start() {
        String typed = address.get().strip();
        if (typed.isEmpty()) {
            keeping.refuse(messages.text("onboarding.ready.noAddress"));
            return;
        }
        keeping.ask(
                () -> {
                    source.choices().start(typed);
                    source.choices().finished();
                    return Room.HOME;
                },
                bench.goTo()::accept);
    }

    /** Leaves the steps without sharing; what was kept so far stays. */
    public void skip() {
        keeping.ask(
                () -> {
                    source.choices().finished();
                    return Room.HOME;
                },
                bench.goTo()::accept);
    }

    @Override
    public void close() {}
}
