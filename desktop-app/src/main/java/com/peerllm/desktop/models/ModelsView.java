package com.peerllm.desktop.models;

import com.peerllm.desktop.models.ModelsViewModel.Part;
import com.peerllm.desktop.toolkit.ChoiceBar;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Page;
import com.peerllm.desktop.toolkit.Shown;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The models: those of this computer with what comes to it, and those that could be had. */
public final class ModelsView extends StackPane {
    private final ModelsViewModel model;
    private final Messages messages;
    private final FilePicker picker;
    private final VBox catalogPlace = new VBox();

    /** @param picker lets the person choose files */
    public ModelsView(ModelsViewModel model, FilePicker picker, Messages messages) {
        this.model = model;
        this.messages = messages;
        this.picker = picker;
        ChoiceBar<Part> parts = new ChoiceBar<>(
                messages.text("models.parts"),
                List.of(
                        new ChoiceBar.Choice<>(Part.HERE, messages.text("models.here")),
                        new ChoiceBar.Choice<>(Part.CATALOG, messages.text("models.catalog"))),
                model.partProperty(),
                model.partProperty()::set);
        HerePane here = new HerePane(model, this::addFileButton, messages);
        // Built when it is first opened.
        model.partProperty().subscribe(part -> {
            if (part == Part.CATALOG && catalogPlace.getChildren().isEmpty()) {
                catalogPlace.getChildren().setAll(new CatalogPane(model.catalog(), messages));
            }
        });
        Page page = new Page(
                        messages.text("models.title"),
                        parts,
                        Shown.when(model.partProperty().map(part -> part == Part.HERE), here),
                        Shown.when(model.partProperty().map(part -> part == Part.CATALOG), catalogPlace))
                .beside(addFileButton());
        // What does not fit is scrolled to, never pressed together.
        page.setMinHeight(USE_PREF_SIZE);
        getStyleClass().add("models");
        getChildren().setAll(page);
        // Another screen takes its place in the window.
        sceneProperty().subscribe(scene -> model.seenProperty().set(scene != null));
    }

    private Button addFileButton() {
        Button add = new Button(messages.text("models.add"), new FontIcon(Feather.PLUS));
        add.setMinWidth(USE_PREF_SIZE);
        add.setOnAction(pressed -> {
            List<Path> chosen = picker.pick(getScene().getWindow());
            if (!chosen.isEmpty()) model.take(chosen);
        });
        return add;
    }
}
