package com.peerllm.desktop.market;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TwoStepButton;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One listing in the list, and what can be done with it. */
final class ListingCell extends ListCell<ListingLine> {
    private final MarketViewModel model;
    private final Messages messages;

    ListingCell(MarketViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        getStyleClass().add("listing-cell");
        // As wide as the list, so that long titles go on in the next line.
        setPrefWidth(0);
        setOnMouseClicked(click -> {
            if (click.getClickCount() == 2 && !isEmpty()) model.edit(getItem().id());
        });
        setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ENTER && !isEmpty())
                model.edit(getItem().id());
        });
    }

    @Override
    protected void updateItem(ListingLine line, boolean empty) {
        super.updateItem(line, empty);
        setText(null);
        setGraphic(empty || line == null ? null : row(line));
    }

    private HBox row(ListingLine line) {
        FontIcon icon = new FontIcon(line.isModel() ? Feather.CPU : Feather.FOLDER);
        icon.getStyleClass().add("listing-icon");
        VBox words = new VBox(
                new TextLine(line.title(), "listing-title"),
                TextLine.quiet(line.about()),
                TextLine.quiet(line.changed()));
        words.getStyleClass().add("listing-words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        Label price = new Label(line.price());
        price.getStyleClass().add("listing-price");
        price.setMinWidth(USE_PREF_SIZE);
        Button edit = new Button(messages.text("market.edit"));
        edit.setMinWidth(USE_PREF_SIZE);
        edit.setAccessibleText(messages.text("market.edit.of", line.title()));
        edit.setOnAction(pressed -> model.edit(line.id()));
        TwoStepButton delete = new TwoStepButton(
                messages.text("market.delete"), messages.text("market.delete.sure"), () -> model.delete(line.id()));
        delete.setAccessibleText(messages.text("market.delete.of", line.title()));
        HBox row = new HBox(icon, words, price, edit, delete);
        row.getStyleClass().add("listing-row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
