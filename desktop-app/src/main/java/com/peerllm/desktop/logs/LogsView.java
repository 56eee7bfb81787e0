package com.peerllm.desktop.logs;

import com.peerllm.desktop.toolkit.ChoiceBar;
import com.peerllm.desktop.toolkit.EmptyState;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Page;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import com.peerllm.desktop.toolkit.WholeButton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What the program has written down about its work, and what to do where something went wrong. */
public final class LogsView extends StackPane {
    private static final double LEAST_LIST = 240;

    private final LogsViewModel model;
    private final Messages messages;
    private final ListView<LogRow> list;

    /** @param saveAs asks the person where a file goes, given its usual name; empty when they changed their mind */
    public LogsView(LogsViewModel model, Messages messages, Function<String, Optional<Path>> saveAs) {
        this.model = model;
        this.messages = messages;
        getStyleClass().add("logs");
        list = list();
        VBox.setVgrow(list, Priority.ALWAYS);
        Page page = new Page(
                messages.text("logs.title"),
                filters(),
                new TroubleLine(model.readingTroubleProperty()),
                Shown.when(Bindings.isNotEmpty(model.rows()), list),
                empty(),
                TextLine.of(model.noteProperty(), "quiet"),
                buttons(saveAs),
                new TroubleLine(model.bundlingTroubleProperty()),
                TextLine.ofOptional(model.saidProperty()));
        getChildren().setAll(page);
        model.open();
    }

    private Node empty() {
        EmptyState empty =
                new EmptyState(Feather.FILE_TEXT, messages.text("logs.empty"), messages.text("logs.empty.next"));
        VBox.setVgrow(empty, Priority.ALWAYS);
        return Shown.when(Bindings.isEmpty(model.rows()), empty);
    }

    private Node filters() {
        ComboBox<LogsViewModel.Day> day = new ComboBox<>(model.days());
        day.setId("day");
        day.setAccessibleText(messages.text("logs.day"));
        day.valueProperty().bindBidirectional(model.dayProperty());
        TextField word = new TextField();
        word.setId("word");
        word.setPromptText(messages.text("logs.word"));
        word.setAccessibleText(messages.text("logs.word"));
        word.textProperty().bindBidirectional(model.wordProperty());
        ChoiceBar<LogRow.Level> level = new ChoiceBar<>(
                messages.text("logs.level"),
                List.of(
                        new ChoiceBar.Choice<>(LogRow.Level.INFO, messages.text("logs.level.all")),
                        new ChoiceBar.Choice<>(LogRow.Level.WARNING, messages.text("logs.level.warnings")),
                        new ChoiceBar.Choice<>(LogRow.Level.ERROR, messages.text("logs.level.errors"))),
                model.leastProperty(),
                model.leastProperty()::set);
        CheckBox follow = new CheckBox(messages.text("logs.follow"));
        follow.setId("follow");
        follow.selectedProperty().bindBidirectional(model.followProperty());
        FlowPane row = new FlowPane(Shown.when(Bindings.isNotEmpty(model.days()), day), level, word, follow);
        row.getStyleClass().add("log-filters");
        return row;
    }

    private ListView<LogRow> list() {
        ListView<LogRow> view = new ListView<>(model.rows());
        view.setId("log");
        view.setAccessibleText(messages.text("logs.list"));
        view.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        view.setCellFactory(cells -> new LogCell(messages));
        view.setMinHeight(LEAST_LIST);
        view.addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (key.isShortcutDown() && key.getCode() == KeyCode.C) copy();
        });
        model.rows().addListener((ListChangeListener<LogRow>) change -> {
            if (model.followProperty().get() && !model.rows().isEmpty())
                view.scrollTo(model.rows().size() - 1);
        });
        return view;
    }

    private Node buttons(Function<String, Optional<Path>> saveAs) {
        Button copy = WholeButton.of("copy-log", messages.text("logs.copy"), this::copy);
        Button folder = WholeButton.of("open-folder", messages.text("logs.folder"), model::openFolder);
        Button bundle = WholeButton.of(
                "bundle",
                messages.text("logs.bundle"),
                () -> saveAs.apply("peerllm-support.zip").ifPresent(model::bundle));
        bundle.disableProperty().bind(model.bundlingProperty());
        HBox row = new HBox(copy, folder, bundle);
        row.getStyleClass().add("button-row");
        return row;
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(model.copy(List.copyOf(list.getSelectionModel().getSelectedItems())));
        Clipboard.getSystemClipboard().setContent(content);
    }
}
