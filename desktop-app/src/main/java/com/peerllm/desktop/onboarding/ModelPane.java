package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.onboarding.ModelStep.Choice;
import com.peerllm.desktop.onboarding.ModelStep.Offer;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import java.io.File;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** One recommended model, the one that comes with the program, or a file that is dropped here. */
final class ModelPane extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final ModelStep model;
    private final Messages messages;
    private final ToggleGroup group = new ToggleGroup();

    ModelPane(ModelStep model, Messages messages) {
        this.model = model;
        this.messages = messages;
        getStyleClass().add("onboarding-choices");
        Node recommended = Shown.when(
                model.offerProperty().map(Optional::isPresent),
                option(Choice.RECOMMENDED, messages.text("onboarding.model.recommended"), offer()));
        getChildren()
                .setAll(
                        Shown.when(
                                model.reading().busyProperty(),
                                TextLine.quiet(messages.text("onboarding.model.reading"))),
                        new TroubleLine(model.reading().troubleProperty()),
                        recommended,
                        option(
                                Choice.STARTER,
                                messages.text("onboarding.model.starter"),
                                TextLine.quiet(messages.text("onboarding.model.starter.about"))),
                        option(Choice.FILE, messages.text("onboarding.model.file"), file()));
        setOnDragOver(drag -> {
            if (!drag.getDragboard().hasFiles()) return;
            drag.acceptTransferModes(TransferMode.COPY_OR_MOVE);
            drag.consume();
        });
        setOnDragDropped(drag -> {
            drag.getDragboard().getFiles().stream()
                    .findFirst()
                    .map(File::toPath)
                    .ifPresent(model::choose);
            drag.setDropCompleted(true);
            drag.consume();
        });
    }

    private VBox option(Choice choice, String name, Node about) {
        RadioButton button = new RadioButton(name);
        button.setId("model-" + choice.name().toLowerCase(Locale.ROOT));
        button.setToggleGroup(group);
        VBox option = new VBox(button, about);
        option.getStyleClass().addAll("card", "onboarding-option");
        button.setOnAction(pressed -> model.choiceProperty().set(choice));
        option.setOnMouseClicked(pressed -> model.choiceProperty().set(choice));
        model.choiceProperty().subscribe(now -> {
            button.setSelected(now == choice);
            option.pseudoClassStateChanged(CHOSEN, now == choice);
        });
        return option;
    }

    private Node offer() {
        ObservableValue<Optional<Offer>> offer = model.offerProperty();
        TextLine name = TextLine.of(offer.map(known -> known.map(Offer::name).orElse("")), "card-value");
        name.setId("recommended-model");
        TextLine lines = TextLine.of(
                offer.map(known ->
                        known.map(some -> String.join("\n", some.lines())).orElse("")),
                "quiet");
        VBox rows = new VBox(name, lines);
        rows.getStyleClass().add("onboarding-about");
        return rows;
    }

    private Node file() {
        TextLine name = TextLine.of(
                model.fileProperty()
                        .map(chosen -> chosen.map(path -> path.getFileName().toString())
                                .orElseGet(() -> messages.text("onboarding.model.file.about"))),
                "quiet");
        name.setId("model-file-name");
        Button choose = new Button(messages.text("onboarding.model.file.choose"));
        choose.setId("choose-file");
        choose.setOnAction(pressed -> choose());
        VBox rows = new VBox(name, choose);
        rows.getStyleClass().addAll("onboarding-about", "card-lines");
        return rows;
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(messages.text("onboarding.model.file"));
        chooser.getExtensionFilters().setAll(new FileChooser.ExtensionFilter("GGUF", "*.gguf"));
        File chosen = chooser.showOpenDialog(getScene().getWindow());
        if (chosen != null) model.choose(chosen.toPath());
    }
}
