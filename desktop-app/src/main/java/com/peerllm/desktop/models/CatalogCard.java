package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A published model: what it is good for, the variant to take here, and behind a fold the others. */
final class CatalogCard extends VBox {
    private final CatalogRow row;
    private final ObservableValue<CatalogFace> face;
    private final Messages messages;

    CatalogCard(CatalogRow row, Messages messages) {
        this.row = row;
        this.messages = messages;
        face = row.faceProperty();
        getStyleClass().addAll("card", "catalog-card");
        Label recommended = new Label(messages.text("models.catalog.recommended"));
        recommended.getStyleClass().add("recommended");
        ObservableValue<VariantFace> best = face.map(CatalogFace::best);
        getChildren()
                .setAll(
                        Shown.when(face.map(CatalogFace::recommended), recommended),
                        head(best),
                        TextLine.of(best.map(now -> now.quantization() + " · " + now.size() + " · " + now.speed())),
                        TextLine.of(best.map(now -> now.fit().why()), "quiet"),
                        TextLine.of(face.map(CatalogFace::paid), "quiet"),
                        new TroubleLine(row.troubleProperty()),
                        foot(),
                        others());
    }

    private Node head(ObservableValue<VariantFace> best) {
        VBox words = new VBox(
                TextLine.of(face.map(CatalogFace::name), "card-value"), TextLine.of(face.map(CatalogFace::about)));
        words.getStyleClass().add("card-words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox head =
                new HBox(words, new FitBadge(best.map(VariantFace::fit)), new VariantButton(row, best, true, messages));
        head.getStyleClass().add("card-head");
        return head;
    }

    private Node foot() {
        TextLine origin = TextLine.of(face.map(CatalogFace::origin), "quiet");
        Label licence = new Label();
        licence.getStyleClass().add("quiet");
        licence.textProperty().bind(face.map(now -> messages.text("models.catalog.licence", now.licence())));
        Hyperlink text = new Hyperlink(messages.text("models.catalog.licence.read"));
        text.getStyleClass().add("small-link");
        text.setAccessibleText(
                messages.text("models.catalog.licence.readOf", face.getValue().name()));
        text.setOnAction(pressed -> {
            row.showLicence();
            text.setVisited(false);
        });
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        UnfoldButton unfold = new UnfoldButton(
                messages.text("models.catalog.others"),
                messages.text("models.catalog.othersOf", face.getValue().name()),
                row.openProperty());
        licence.setMinWidth(USE_PREF_SIZE);
        text.setMinWidth(USE_PREF_SIZE);
        HBox foot = new HBox(
                origin,
                licence,
                Shown.when(face.map(now -> now.licenceUrl().isPresent()), text),
                room,
                Shown.when(face.map(now -> !now.others().isEmpty()), unfold));
        foot.getStyleClass().add("catalog-foot");
        return foot;
    }

    private Node others() {
        VBox lines = new VBox();
        lines.getStyleClass().add("details");
        ObservableValue<List<String>> files =
                face.map(now -> now.others().stream().map(VariantFace::file).toList());
        // Most entries are never unfolded; one that is keeps its lines until the files change.
        row.openProperty().subscribe(open -> fill(lines, open ? files.getValue() : List.of()));
        files.subscribe(now -> fill(lines, row.openProperty().get() ? now : List.of()));
        return Shown.when(row.openProperty(), lines);
    }

    private void fill(VBox lines, List<String> files) {
        if (files.equals(lines.getUserData())) return;
        lines.setUserData(files);
        lines.getChildren()
                .setAll(files.stream().map(file -> other(variant(file))).toList());
    }

    private ObservableValue<VariantFace> variant(String file) {
        return face.map(now -> now.others().stream()
                .filter(variant -> variant.file().equals(file))
                .findFirst()
                .orElse(now.best()));
    }

    private Node other(ObservableValue<VariantFace> variant) {
        VBox words = new VBox(
                TextLine.of(variant.map(now -> now.quantization() + " · " + now.size() + " · " + now.speed())),
                TextLine.of(variant.map(now -> now.fit().why()), "quiet"));
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(
                words, new FitBadge(variant.map(VariantFace::fit)), new VariantButton(row, variant, false, messages));
        line.getStyleClass().add("card-head");
        return line;
    }
}
