package com.peerllm.desktop.models;

import com.peerllm.desktop.models.ModelFace.Actions;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TwoStepButton;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/** What can be done with a model of this computer. */
final class ModelActions extends VBox {
    private final ModelRow row;
    private final Messages messages;
    private final ObservableValue<Actions> actions;

    ModelActions(ModelRow row, Messages messages) {
        this.row = row;
        this.messages = messages;
        actions = row.faceProperty().map(ModelFace::actions);
        getStyleClass().add("model-actions");
        FlowPane buttons = new FlowPane(
                button(messages.text("models.load"), row::load, Actions::load),
                button(messages.text("models.unload"), row::unload, Actions::unload),
                test(),
                button(messages.text("models.folder"), row::showFolder, Actions::showFolder),
                delete());
        buttons.getStyleClass().add("flowing-buttons");
        getChildren()
                .setAll(
                        buttons,
                        running(),
                        TextLine.of(
                                row.faceProperty().map(face -> messages.text("models.file", face.place())), "quiet"),
                        TextLine.of(
                                row.faceProperty().map(face -> face.deletion().consequence()), "quiet"));
    }

    private Button button(String text, Runnable action, Function<Actions, Boolean> possible) {
        Button button = new Button(text);
        button.setOnAction(pressed -> action.run());
        button.disableProperty().bind(row.busyProperty());
        return Shown.when(actions.map(possible), button);
    }

    private Node test() {
        Button test = new Button(messages.text("models.test"));
        test.setOnAction(pressed -> row.speedTest().begin());
        test.disableProperty().bind(row.busyProperty().or(row.speedTest().runningProperty()));
        return Shown.when(actions.map(Actions::measure), test);
    }

    private Node running() {
        Button cancel = new Button(messages.text("models.test.cancel"));
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.setOnAction(pressed -> row.speedTest().cancel());
        HBox line = new HBox(TextLine.of(row.speedTest().progressProperty()), cancel);
        line.getStyleClass().add("button-row");
        return Shown.when(row.speedTest().runningProperty(), line);
    }

    /** Whether the file goes too decides what the button says. */
    private Node delete() {
        Pane place = new Pane();
        row.faceProperty().map(ModelFace::deletion).subscribe(deletion -> {
            if (place.getUserData() instanceof String word && word.equals(deletion.word())) return;
            TwoStepButton button = new TwoStepButton(deletion.word(), deletion.question(), row::delete);
            button.disableProperty().bind(Bindings.createBooleanBinding(row.busyProperty()::get, row.busyProperty()));
            button.getStyleClass().add("delete");
            place.setUserData(deletion.word());
            place.getChildren().setAll(button);
        });
        return place;
    }
}
