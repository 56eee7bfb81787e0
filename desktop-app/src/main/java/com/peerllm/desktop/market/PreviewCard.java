package com.peerllm.desktop.market;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.TextLine;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A listing as a buyer would see it; what is not written yet is shown as missing, in grey. */
final class PreviewCard extends VBox {
    private final ObservableValue<Preview> preview;

    PreviewCard(ObservableValue<Preview> preview, Messages messages) {
        this.preview = preview;
        getStyleClass().addAll("card", "preview");
        FontIcon icon = new FontIcon();
        icon.getStyleClass().add("listing-icon");
        preview.map(Preview::isModel).subscribe(model -> icon.setIconCode(model ? Feather.CPU : Feather.FOLDER));
        HBox kind = new HBox(icon, part(Preview::what, messages.text("market.preview.what"), "quiet"));
        kind.getStyleClass().add("button-row");
        getChildren()
                .setAll(
                        new TextLine(messages.text("market.preview"), "card-heading"),
                        kind,
                        part(Preview::title, messages.text("market.preview.title"), "card-figure"),
                        part(Preview::price, messages.text("market.preview.price"), "card-value"),
                        part(Preview::licence, messages.text("market.preview.licence"), "quiet"),
                        part(Preview::royalty, messages.text("market.preview.royalty"), "quiet"),
                        part(Preview::description, messages.text("market.preview.description"), "preview-text"));
    }

    private TextLine part(Function<Preview, Optional<String>> what, String missing, String style) {
        TextLine line = TextLine.of(preview.map(what).map(text -> text.orElse(missing)), style);
        preview.map(what).subscribe(text -> {
            line.getStyleClass().remove("missing");
            if (text.isEmpty()) line.getStyleClass().add("missing");
        });
        return line;
    }
}
