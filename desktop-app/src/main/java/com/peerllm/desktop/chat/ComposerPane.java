package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Where the person writes, chooses who answers, and sees what that costs. */
final class ComposerPane extends VBox {
    private static final int LINES = 3;
    private static final double MODEL_WIDTH = 280;

    private final ChatViewModel model;
    private final Messages messages;
    private final TextArea draft = new TextArea();
    private final Button send = new Button();

    ComposerPane(ChatViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        getStyleClass().add("composer");
        draft.setId("draft");
        draft.setWrapText(true);
        draft.setPrefRowCount(LINES);
        draft.setMinHeight(USE_PREF_SIZE);
        draft.setPromptText(messages.text("chat.draft.prompt"));
        draft.setAccessibleText(messages.text("chat.draft"));
        draft.setAccessibleHelp(messages.text("chat.draft.help"));
        draft.textProperty().bindBidirectional(model.open().draftProperty());
        draft.addEventFilter(KeyEvent.KEY_PRESSED, this::type);
        HBox.setHgrow(draft, Priority.ALWAYS);
        send.setId("send");
        send.setMinWidth(USE_PREF_SIZE);
        send.setOnAction(pressed -> act());
        model.open().answeringProperty().subscribe(this::showAction);
        HBox writing = new HBox(draft, send);
        writing.getStyleClass().add("writing");
        getChildren().setAll(notice(), writing, whoAnswers());
    }

    void focusDraft() {
        draft.requestFocus();
    }

    private void type(KeyEvent key) {
        if (key.getCode() == KeyCode.ESCAPE && model.open().answeringProperty().get()) {
            model.open().stop();
            key.consume();
        }
        if (key.getCode() != KeyCode.ENTER || key.isShortcutDown() || key.isAltDown()) return;
        if (key.isShiftDown()) draft.replaceSelection("\n");
        else model.open().send();
        key.consume();
    }

    private void act() {
        if (model.open().answeringProperty().get()) model.open().stop();
        else model.open().send();
    }

    private void showAction(boolean answering) {
        send.setText(answering ? messages.text("chat.stop") : messages.text("chat.send"));
        send.setGraphic(new FontIcon(answering ? Feather.SQUARE : Feather.ARROW_UP));
        send.getStyleClass().remove("accent");
        if (!answering) send.getStyleClass().add("accent");
    }

    private Label notice() {
        Label notice = new Label();
        notice.setId("notice");
        notice.getStyleClass().add("trouble-sentence");
        notice.setWrapText(true);
        notice.setMinHeight(USE_PREF_SIZE);
        notice.textProperty().bind(model.open().noticeProperty());
        notice.visibleProperty().bind(notice.textProperty().isNotEmpty());
        notice.managedProperty().bind(notice.visibleProperty());
        return notice;
    }

    private HBox whoAnswers() {
        ComboBox<AnswererChoice> models = new ComboBox<>();
        models.setId("model");
        models.setAccessibleText(messages.text("chat.model"));
        models.setPromptText(messages.text("chat.model.none"));
        models.setItems(model.answerers().choices());
        models.setPrefWidth(MODEL_WIDTH);
        models.setMinWidth(MODEL_WIDTH);
        models.setButtonCell(new AnswererCell(false));
        models.setCellFactory(list -> new AnswererCell(true));
        model.answerers().chosenProperty().subscribe(chosen -> models.setValue(chosen));
        models.valueProperty().addListener((property, before, now) -> {
            if (now != null && now != model.answerers().chosenProperty().get())
                model.open().choose(now);
        });
        Label account = new Label();
        account.setId("account");
        account.getStyleClass().add("quiet");
        account.setWrapText(true);
        account.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(account, Priority.ALWAYS);
        account.textProperty().bind(model.answerers().accountProperty());
        HBox row = new HBox(models, account);
        row.getStyleClass().add("who-answers");
        return row;
    }
}
