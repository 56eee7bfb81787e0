package com.peerllm.desktop.earnings;

import com.peerllm.desktop.toolkit.Card;
import com.peerllm.desktop.toolkit.FormRow;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Where a person says what electricity costs them; nothing is guessed. */
final class ElectricityCard extends VBox {
    private static final int COLUMNS = 6;

    ElectricityCard(OverviewViewModel model, Messages messages) {
        Button save = new Button(messages.text("earnings.electricity.save"));
        save.setId("save-electricity");
        save.setOnAction(pressed -> model.saveElectricity());
        getChildren()
                .setAll(new Card(
                        messages.text("earnings.electricity"),
                        new FormRow(
                                messages.text("earnings.electricity.watts"),
                                messages.text("earnings.electricity.watts.about"),
                                field("watts", model.wattsProperty(), model)),
                        new FormRow(
                                messages.text("earnings.electricity.price"),
                                "",
                                field("price", model.priceProperty(), model)),
                        new TroubleLine(model.electricityTroubleProperty()),
                        TextLine.quiet(messages.text("earnings.electricity.about")),
                        save));
    }

    private static TextField field(String id, StringProperty text, OverviewViewModel model) {
        TextField field = new TextField();
        field.setId(id);
        field.setPrefColumnCount(COLUMNS);
        field.textProperty().bindBidirectional(text);
        field.setOnAction(entered -> model.saveElectricity());
        return field;
    }
}
