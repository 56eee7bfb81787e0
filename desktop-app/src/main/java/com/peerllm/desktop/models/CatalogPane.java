package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.ChoiceBar;
import com.peerllm.desktop.toolkit.EmptyState;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.Times;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The catalogue: a search, a filter, and what they find. */
final class CatalogPane extends VBox {
    private static final double LEAST_SEARCH_WIDTH = 160;

    private final CatalogShelf shelf;
    private final Messages messages;

    CatalogPane(CatalogShelf shelf, Messages messages) {
        this.shelf = shelf;
        this.messages = messages;
        Times times = new Times(messages.locale(), ZoneId.systemDefault());
        getStyleClass().add("rows");
        HBox search = new HBox(search(), filter());
        search.getStyleClass().add("catalog-search");
        getChildren()
                .setAll(
                        search,
                        TextLine.quiet(messages.text("models.catalog.about")),
                        TextLine.of(
                                shelf.writtenAtProperty()
                                        .map(written -> messages.text("models.catalog.date", times.date(written))),
                                "quiet"),
                        Shown.when(shelf.readyProperty().not(), new TextLine(messages.text("models.catalog.reading"))),
                        nothing(),
                        new RowPane<>(shelf.shown(), row -> new CatalogCard(row, messages), messages));
    }

    private Node search() {
        TextField field = new TextField();
        field.setId("search");
        field.setPromptText(messages.text("models.search"));
        field.setAccessibleText(messages.text("models.search"));
        field.setMinWidth(LEAST_SEARCH_WIDTH);
        field.textProperty().bindBidirectional(shelf.queryProperty());
        HBox.setHgrow(field, Priority.ALWAYS);
        return field;
    }

    private Node filter() {
        return new ChoiceBar<>(
                messages.text("models.filter"),
                List.of(
                        new ChoiceBar.Choice<>(Optional.<FitFace.Kind>empty(), messages.text("models.filter.all")),
                        choice(FitFace.Kind.GREAT, messages.text("models.fit.great")),
                        choice(FitFace.Kind.SLOW, messages.text("models.fit.slow")),
                        choice(FitFace.Kind.TOO_BIG, messages.text("models.fit.tooBig")),
                        choice(FitFace.Kind.UNKNOWN, messages.text("models.fit.unknown"))),
                shelf.filterProperty(),
                shelf.filterProperty()::set);
    }

    private static ChoiceBar.Choice<Optional<FitFace.Kind>> choice(FitFace.Kind kind, String text) {
        return new ChoiceBar.Choice<>(Optional.of(kind), text);
    }

    private Node nothing() {
        Button all = new Button(messages.text("models.search.all"));
        all.setOnAction(pressed -> shelf.searchAgain());
        EmptyState state = new EmptyState(
                Feather.SEARCH,
                messages.text("models.search.nothing"),
                messages.text("models.search.nothing.next"),
                all);
        return Shown.when(Bindings.isEmpty(shelf.shown()).and(shelf.readyProperty()), state);
    }
}
