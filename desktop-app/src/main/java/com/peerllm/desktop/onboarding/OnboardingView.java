package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The first steps, one at a time, over the whole window. */
public final class OnboardingView extends VBox {
    private final OnboardingViewModel model;
    private final Messages messages;
    private final Button next = new Button();

    public OnboardingView(OnboardingViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        getStyleClass().add("onboarding");
        Map<Step, Node> steps = new EnumMap<>(Step.class);
        steps.put(Step.COMPUTER, new ComputerPane(model, messages));
        steps.put(Step.MODEL, new ModelPane(model.model(), messages));
        steps.put(Step.WHEN, new WhenPane(model.when(), messages));
        steps.put(Step.READY, new ReadyPane(model, messages));
        VBox content = new VBox();
        content.getStyleClass().add("onboarding-content");
        ScrollPane scrolled = new ScrollPane(content);
        scrolled.getStyleClass().add("content");
        scrolled.setFitToWidth(true);
        scrolled.setFocusTraversable(false);
        VBox.setVgrow(scrolled, Priority.ALWAYS);
        TextLine title = TextLine.of(model.stepProperty().map(this::title), "page-title");
        title.setId("step-title");
        model.stepProperty().subscribe(step -> content.getChildren().setAll(steps.get(step)));
        getChildren()
                .setAll(
                        new StepDots(model.stepProperty(), messages),
                        title,
                        scrolled,
                        new TroubleLine(model.keeping().troubleProperty()),
                        buttons());
        model.open();
        sceneProperty().subscribe(scene -> {
            if (scene != null) focus(model.stepProperty().get());
        });
        model.stepProperty().subscribe(this::focus);
    }

    /** So that Enter leads through all steps; what must be typed has the keyboard instead. */
    private void focus(Step step) {
        Node typed = lookup("#first-address");
        if (step == Step.READY && typed != null && model.addressProperty().get().isEmpty()) typed.requestFocus();
        else next.requestFocus();
    }

    private String title(Step step) {
        return switch (step) {
            case COMPUTER -> messages.text("onboarding.computer.title");
            case MODEL -> messages.text("onboarding.model.title");
            case WHEN -> messages.text("onboarding.when.title");
            case READY -> messages.text("onboarding.ready.title");
        };
    }

    private HBox buttons() {
        Hyperlink skip = new Hyperlink();
        skip.setId("skip");
        skip.setMinWidth(USE_PREF_SIZE);
        skip.textProperty()
                .bind(model.stepProperty()
                        .map(step -> step == Step.READY
                                ? messages.text("onboarding.localOnly")
                                : messages.text("onboarding.skip")));
        skip.setOnAction(pressed -> model.skip());
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        ProgressIndicator busy = new ProgressIndicator();
        busy.setMaxSize(24, 24);
        busy.setAccessibleText(messages.text("onboarding.busy"));
        Shown.when(model.keeping().busyProperty(), busy);
        Button back = new Button(messages.text("onboarding.back"));
        back.setId("back");
        back.setMinWidth(USE_PREF_SIZE);
        back.setOnAction(pressed -> model.back());
        Shown.when(model.stepProperty().map(step -> step != Step.COMPUTER), back);
        next.setId("next");
        next.setMinWidth(USE_PREF_SIZE);
        next.setDefaultButton(true);
        next.getStyleClass().add("accent");
        next.textProperty()
                .bind(model.stepProperty()
                        .map(step -> step == Step.READY
                                ? messages.text("onboarding.start")
                                : messages.text("onboarding.next")));
        next.disableProperty().bind(model.keeping().busyProperty());
        next.setOnAction(pressed -> model.next());
        HBox row = new HBox(skip, room, busy, back, next);
        row.getStyleClass().add("button-row");
        return row;
    }
}
