package com.peerllm.desktop.models;

import atlantafx.base.theme.Styles;
import com.peerllm.desktop.models.ArrivalQuestion.Answer;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.TextLine;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Asks how the files that arrived are to be taken in. */
final class QuestionCard extends VBox {

    QuestionCard(ArrivalQuestion question, Messages messages) {
        getStyleClass().addAll("card", "question-card");
        Button use = button(messages.text("models.arrival.use"), question, Answer.USE_WHERE_THEY_LIE);
        use.getStyleClass().add(Styles.ACCENT);
        use.setId("use-where-they-lie");
        FlowPane buttons = new FlowPane(
                use,
                button(messages.text("models.arrival.copy"), question, Answer.COPY),
                button(messages.text("models.arrival.leave"), question, Answer.LEAVE));
        buttons.getStyleClass().add("flowing-buttons");
        getChildren()
                .setAll(
                        TextLine.of(question.sentenceProperty(), "card-value"),
                        TextLine.quiet(messages.text("models.arrival.about")),
                        buttons);
        // Who dropped a file can go on with Enter.
        sceneProperty().subscribe(scene -> {
            if (scene != null) use.requestFocus();
        });
        use.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ENTER) use.fire();
        });
    }

    private static Button button(String text, ArrivalQuestion question, Answer answer) {
        Button button = new Button(text);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(pressed -> question.answer(answer));
        return button;
    }
}
