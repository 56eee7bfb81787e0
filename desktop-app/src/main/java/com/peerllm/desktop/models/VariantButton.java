package com.peerllm.desktop.models;

import atlantafx.base.theme.Styles;
import com.peerllm.desktop.models.VariantFace.Way;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/** Downloads one file of a published model, or says where it is already. */
final class VariantButton extends StackPane {
    /** @param first whether it is the entry's first choice */
    VariantButton(CatalogRow row, ObservableValue<VariantFace> variant, boolean first, Messages messages) {
        Button download = new Button(messages.text("models.catalog.download"));
        download.setMinWidth(USE_PREF_SIZE);
        download.setAccessibleText(messages.text(
                "models.catalog.downloadOf",
                row.faceProperty().get().name(),
                variant.getValue().quantization()));
        download.disableProperty().bind(row.busyProperty());
        download.setOnAction(pressed -> row.download(variant.getValue().file()));
        // One accent on the screen: the way forward.
        if (first && row.isRecommended()) download.getStyleClass().add(Styles.ACCENT);
        Label place = new Label();
        place.getStyleClass().add("quiet");
        place.setMinWidth(USE_PREF_SIZE);
        place.textProperty().bind(variant.map(VariantFace::place));
        setAlignment(Pos.TOP_RIGHT);
        getChildren()
                .setAll(
                        Shown.when(variant.map(now -> now.way() == Way.DOWNLOAD), download),
                        Shown.when(variant.map(now -> now.way() != Way.DOWNLOAD), place));
    }
}
