package com.peerllm.desktop.models;

import atlantafx.base.theme.Styles;
import com.peerllm.desktop.models.ModelsViewModel.Part;
import com.peerllm.desktop.models.ModelsViewModel.Stock;
import com.peerllm.desktop.toolkit.EmptyState;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What is on this computer or comes to it, and what to do while that is little. */
final class HerePane extends VBox {
    private final ModelsViewModel model;
    private final Messages messages;

    /** @param addFile makes a button that lets the person choose files */
    HerePane(ModelsViewModel model, Supplier<Button> addFile, Messages messages) {
        this.model = model;
        this.messages = messages;
        getStyleClass().add("rows");
        EmptyState nothing = new EmptyState(
                Feather.BOX,
                messages.text("models.nothing"),
                messages.text("models.nothing.next"),
                openCatalog(),
                addFile.get());
        EmptyState starter = new EmptyState(
                Feather.BOX,
                messages.text("models.starter"),
                messages.text("models.starter.next"),
                openCatalog(),
                addFile.get());
        getChildren()
                .setAll(
                        new RowPane<>(model.here(), this::card, messages),
                        Shown.when(model.stockProperty().map(stock -> stock == Stock.NOTHING), nothing),
                        Shown.when(model.stockProperty().map(stock -> stock == Stock.STARTER), starter));
    }

    private Button openCatalog() {
        Button open = new Button(messages.text("models.catalog.open"));
        open.getStyleClass().add(Styles.ACCENT);
        open.setMinWidth(USE_PREF_SIZE);
        open.setOnAction(pressed -> model.partProperty().set(Part.CATALOG));
        return open;
    }

    private Node card(HereRow row) {
        return switch (row) {
            case ArrivalQuestion question -> new QuestionCard(question, messages);
            case ArrivalRow arrival -> new ArrivalCard(arrival, messages);
            case DownloadRow download -> new DownloadCard(download, messages);
            case ModelRow here -> new ModelCard(here, messages);
        };
    }
}
