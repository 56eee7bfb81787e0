package com.peerllm.desktop.market;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Where a person writes down what they mean to sell. A file or a folder can be dropped anywhere on it. */
public final class MarketView extends VBox {
    private static final PseudoClass DROPPING = PseudoClass.getPseudoClass("dropping");

    private final MarketViewModel model;
    private final Messages messages;

    public MarketView(MarketViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        getStyleClass().addAll("page", "market");
        ListingList list = new ListingList(model, messages, this::chooseModel, this::chooseFolder);
        ListingSheet sheet = new ListingSheet(model, messages, this::chooseModel, this::chooseFolder);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren()
                .setAll(
                        head(),
                        new TextLine(messages.text("market.drafts"), "quiet"),
                        Shown.when(model.editingProperty().map(editing -> !editing), list),
                        Shown.when(model.editingProperty(), sheet));
        setOnDragOver(this::over);
        setOnDragExited(left -> pseudoClassStateChanged(DROPPING, false));
        setOnDragDropped(this::dropped);
    }

    private HBox head() {
        Label title = new Label(messages.text("market.title"));
        title.getStyleClass().add("page-title");
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        Button fresh = new Button(messages.text("market.new"), new FontIcon(Feather.PLUS));
        fresh.setId("new-listing");
        fresh.getStyleClass().add("accent");
        fresh.setOnAction(pressed -> model.begin());
        Shown.when(
                model.editingProperty().flatMap(editing -> model.anyProperty().map(any -> any && !editing)), fresh);
        HBox head = new HBox(title, room, fresh);
        head.getStyleClass().add("page-head");
        return head;
    }

    private void over(DragEvent drag) {
        if (!drag.getDragboard().hasFiles()) return;
        drag.acceptTransferModes(TransferMode.COPY);
        pseudoClassStateChanged(DROPPING, true);
        drag.consume();
    }

    private void dropped(DragEvent drag) {
        List<Path> paths =
                drag.getDragboard().getFiles().stream().map(File::toPath).toList();
        model.offer(paths);
        drag.setDropCompleted(!paths.isEmpty());
        // A model that is dropped here is to be sold, not to be imported.
        drag.consume();
    }

    private void chooseModel() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(messages.text("market.choose.model"));
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("GGUF", "*.gguf"));
        take(Optional.ofNullable(chooser.showOpenDialog(getScene().getWindow())));
    }

    private void chooseFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(messages.text("market.choose.folder"));
        take(Optional.ofNullable(chooser.showDialog(getScene().getWindow())));
    }

    private void take(Optional<File> chosen) {
        chosen.map(File::toPath).map(List::of).ifPresent(model::offer);
    }
}
