package com.peerllm.desktop.logs;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One entry: time, how serious, what happened, and below it what to do. */
final class LogCell extends ListCell<LogRow> {
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final Messages messages;
    private final Label time = new Label();
    private final Label level = new Label();
    private final TextLine text = new TextLine("");
    private final TextLine step = new TextLine("", "quiet");
    private final HBox row;

    LogCell(Messages messages) {
        this.messages = messages;
        time.getStyleClass().add("quiet");
        level.getStyleClass().add("log-level");
        time.setMinWidth(USE_PREF_SIZE);
        level.setMinWidth(USE_PREF_SIZE);
        VBox words = new VBox(text, step);
        HBox.setHgrow(words, Priority.ALWAYS);
        row = new HBox(time, level, words);
        row.getStyleClass().add("log-row");
        getStyleClass().add("log-cell");
        // The list is as wide as the window: what is long goes on in the next line.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(LogRow entry, boolean empty) {
        super.updateItem(entry, empty);
        if (empty || entry == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        time.setText(entry.time());
        level.setText(
                switch (entry.level()) {
                    case INFO -> messages.text("logs.info");
                    case WARNING -> messages.text("logs.warning");
                    case ERROR -> messages.text("logs.error");
                });
        level.pseudoClassStateChanged(WARNING, entry.level() == LogRow.Level.WARNING);
        level.pseudoClassStateChanged(BAD, entry.level() == LogRow.Level.ERROR);
        text.setText(entry.text());
        step.setText(entry.nextStep().orElse(""));
        Shown.set(step, entry.nextStep().isPresent());
        setAccessibleText(entry.time() + ", " + level.getText() + ": " + entry.text() + " " + step.getText());
        setGraphic(row);
    }
}
