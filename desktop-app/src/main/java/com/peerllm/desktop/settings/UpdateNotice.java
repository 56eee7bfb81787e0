package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.Shown;
import javafx.scene.control.Hyperlink;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Says quietly on every screen that there is a newer version, and leads to where it is told. */
public final class UpdateNotice extends Hyperlink {

    public UpdateNotice(UpdateModel model) {
        setId("update-notice");
        getStyleClass().add("update-notice");
        setGraphic(new FontIcon(Feather.ARROW_UP_CIRCLE));
        setWrapText(true);
        textProperty().bind(model.face().map(face -> face.notice().orElse("")));
        setOnAction(pressed -> {
            setVisited(false);
            model.show();
        });
        Shown.when(model.face().map(face -> face.notice().isPresent()), this);
    }
}
