package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.onboarding.OnboardingViewModel.Computer;
import com.peerllm.desktop.onboarding.OnboardingViewModel.Figure;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What this computer can run, and behind "More" the figures with who says so. */
final class ComputerPane extends VBox {
    private final Messages messages;
    private final GridPane figures = new GridPane();

    ComputerPane(OnboardingViewModel model, Messages messages) {
        this.messages = messages;
        getStyleClass().addAll("card", "onboarding-card");
        TextLine sentence = TextLine.of(
                model.computerProperty()
                        .map(known -> known.map(Computer::sentence)
                                .orElseGet(() -> messages.text("onboarding.computer.reading"))),
                "onboarding-sentence");
        sentence.setId("computer");
        ToggleButton more = new ToggleButton(messages.text("onboarding.computer.more"));
        more.setId("more");
        Shown.when(model.computerProperty().map(Optional::isPresent), more);
        figures.getStyleClass().add("figures");
        ColumnConstraints fixed = new ColumnConstraints();
        fixed.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints growing = new ColumnConstraints();
        growing.setHgrow(Priority.ALWAYS);
        figures.getColumnConstraints().setAll(fixed, growing, fixed);
        Shown.when(more.selectedProperty(), figures);
        model.computerProperty()
                .subscribe(known -> show(known.map(Computer::figures).orElse(List.of())));
        getChildren()
                .setAll(
                        sentence,
                        TextLine.quiet(messages.text("onboarding.computer.about")),
                        new TroubleLine(model.reading().troubleProperty()),
                        more,
                        figures);
    }

    private void show(List<Figure> all) {
        figures.getChildren().clear();
        for (int row = 0; row < all.size(); row++) {
            Figure figure = all.get(row);
            Label name = new Label(figure.name());
            name.getStyleClass().add("quiet");
            name.setMinWidth(USE_PREF_SIZE);
            TextLine source = TextLine.quiet(messages.text("onboarding.computer.source", figure.source()));
            source.setMaxWidth(SOURCE_WIDTH);
            figures.addRow(row, name, new TextLine(figure.value()), source);
        }
    }

    private static final double SOURCE_WIDTH = 200;
}
