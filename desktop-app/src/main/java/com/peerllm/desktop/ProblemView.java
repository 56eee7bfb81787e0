package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** All that is shown when the host cannot be opened: the sentence that says why and what to do. */
final class ProblemView extends VBox {

    ProblemView(String sentence, Runnable close, Messages messages) {
        getStyleClass().add("opening");
        FontIcon icon = new FontIcon(Feather.ALERT_TRIANGLE);
        icon.getStyleClass().add("problem-icon");
        Label title = new Label(messages.text("shell.problem.title"));
        title.getStyleClass().add("status-sentence");
        Label reason = new Label(sentence);
        reason.setId("problem");
        reason.getStyleClass().add("problem-reason");
        reason.setWrapText(true);
        reason.setMinHeight(USE_PREF_SIZE);
        Button button = new Button(messages.text("shell.problem.close"));
        button.setId("close");
        button.setDefaultButton(true);
        button.setOnAction(pressed -> close.run());
        getChildren().setAll(icon, title, reason, button);
    }
}
