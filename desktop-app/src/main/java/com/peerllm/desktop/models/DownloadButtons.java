package com.peerllm.desktop.models;

import com.peerllm.desktop.models.DownloadFace.Actions;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TwoStepButton;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;

/** What can be done with a download. */
final class DownloadButtons extends HBox {

    DownloadButtons(DownloadRow row, Messages messages) {
        getStyleClass().add("button-row");
        setMinWidth(USE_PREF_SIZE);
        ObservableValue<Actions> actions = row.faceProperty().map(DownloadFace::actions);
        TwoStepButton cancel = new TwoStepButton(
                messages.text("models.download.cancel"), messages.text("models.download.cancel.really"), row::cancel);
        getChildren()
                .setAll(
                        button(messages.text("models.download.pause"), row::pause, actions.map(Actions::pause)),
                        button(
                                messages.text("models.download.resume"),
                                row::resume,
                                actions.map(now -> now.resume() && !now.retry())),
                        button(
                                messages.text("models.download.retry"),
                                row::resume,
                                actions.map(now -> now.resume() && now.retry())),
                        Shown.when(actions.map(Actions::cancel), cancel),
                        button(messages.text("models.dismiss"), row::cancel, actions.map(Actions::dismiss)));
    }

    private static Node button(String text, Runnable action, ObservableValue<Boolean> possible) {
        Button button = new Button(text);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(pressed -> action.run());
        return Shown.when(possible, button);
    }
}
