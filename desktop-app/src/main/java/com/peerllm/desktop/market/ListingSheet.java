package com.peerllm.desktop.market;

import com.peerllm.desktop.toolkit.Card;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The form of one listing, and beside it what a buyer would see. */
final class ListingSheet extends HBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final int DESCRIPTION_ROWS = 5;

    private final Messages messages;
    private final ListingEditor editor;

    ListingSheet(MarketViewModel model, Messages messages, Runnable chooseModel, Runnable chooseFolder) {
        this.messages = messages;
        editor = model.editor();
        getStyleClass().add("listing-sheet");
        setFillHeight(false);
        TextField title = new TextField();
        TextArea description = new TextArea();
        description.setWrapText(true);
        description.setPrefRowCount(DESCRIPTION_ROWS);
        description.setMinHeight(USE_PREF_SIZE);
        VBox price = field("price", messages.text("market.form.price"), new TextField(), editor.price());
        VBox royalty = field("royalty", messages.text("market.form.royalty"), new TextField(), editor.royalty());
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        GridPane money = new GridPane();
        money.getStyleClass().add("money-row");
        money.getColumnConstraints().setAll(half, half);
        money.addRow(0, price, royalty);
        Card form = new Card(
                messages.text("market.form.heading"),
                offered(chooseModel, chooseFolder),
                field("title", messages.text("market.form.title"), title, editor.title()),
                field("description", messages.text("market.form.description"), description, editor.description()),
                field("licence", messages.text("market.form.licence"), new TextField(), editor.licence()),
                money,
                TextLine.quiet(messages.text("market.form.royalty.about")),
                new TroubleLine(editor.saveTroubleProperty()),
                buttons(model));
        form.getStyleClass().add("listing-form");
        getChildren().setAll(form, new PreviewCard(editor.previewProperty(), messages));
        model.editingProperty().subscribe(editing -> {
            if (editing) title.requestFocus();
        });
    }

    private VBox offered(Runnable chooseModel, Runnable chooseFolder) {
        ProgressIndicator turning = new ProgressIndicator();
        turning.getStyleClass().add("small-progress");
        turning.setAccessibleText(messages.text("market.looking"));
        turning.setFocusTraversable(false);
        Button stop = new Button(messages.text("market.looking.stop"));
        stop.setOnAction(pressed -> editor.stopLooking());
        HBox looking = new HBox(turning, new TextLine(messages.text("market.looking"), "quiet"), stop);
        looking.getStyleClass().add("button-row");
        HBox ways = new HBox(
                way("choose-model", messages.text("market.choose.model"), chooseModel),
                way("choose-folder", messages.text("market.choose.folder"), chooseFolder));
        ways.getStyleClass().add("button-row");
        ObservableValue<Optional<String>> path = editor.pathProperty();
        VBox place = new VBox(
                TextLine.ofOptional(editor.previewProperty().map(Preview::what), "listing-title"),
                TextLine.ofOptional(path, "quiet"),
                Shown.when(path.map(Optional::isEmpty), TextLine.quiet(messages.text("market.form.drop"))),
                ways,
                Shown.when(editor.lookingProperty(), looking),
                new TroubleLine(editor.lookTroubleProperty()),
                TextLine.ofOptional(editor.offeringFaultProperty(), "fault"));
        place.getStyleClass().add("drop-place");
        return place;
    }

    private static Button way(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(pressed -> action.run());
        return button;
    }

    private static VBox field(String id, String name, TextInputControl input, TypedField field) {
        TextLine label = new TextLine(name, "field-label");
        label.setLabelFor(input);
        input.setId(id);
        input.setAccessibleText(name);
        input.textProperty().bindBidirectional(field.textProperty());
        field.faultProperty().subscribe(fault -> {
            input.pseudoClassStateChanged(WRONG, fault.isPresent());
            input.setAccessibleHelp(fault.orElse(null));
        });
        VBox all = new VBox(label, input, TextLine.ofOptional(field.faultProperty(), "fault"));
        all.getStyleClass().add("listing-field");
        return all;
    }

    private HBox buttons(MarketViewModel model) {
        Button save = new Button(messages.text("market.save"));
        save.setId("save-listing");
        save.getStyleClass().add("accent");
        save.setMinWidth(USE_PREF_SIZE);
        save.disableProperty().bind(editor.savingProperty());
        save.setOnAction(pressed -> editor.save());
        Button cancel = new Button(messages.text("market.cancel"));
        cancel.setId("leave-listing");
        cancel.setCancelButton(true);
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.setOnAction(pressed -> model.leave());
        HBox row = new HBox(save, cancel);
        row.getStyleClass().add("button-row");
        return row;
    }
}
