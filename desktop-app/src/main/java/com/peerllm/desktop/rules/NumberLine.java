package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import javafx.css.PseudoClass;
import javafx.geometry.NodeOrientation;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A limit in one line: a box that turns it on, its number and unit, and below what is wrong with the number. */
final class NumberLine extends VBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    /**
     * @param id of the box; the field's is the same with {@code -number}
     * @param name of the number, for screen readers
     */
    NumberLine(String id, EnteredNumber number, String text, String unit, String name) {
        getStyleClass().add("number-line");
        CheckBox box = new CheckBox(text);
        box.setId(id);
        box.getStyleClass().add("rules-box");
        box.setMinWidth(USE_PREF_SIZE);
        box.selectedProperty().bindBidirectional(number.onProperty());
        TextField field = new TextField();
        field.setId(id + "-number");
        field.getStyleClass().add("number-field");
        field.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        field.setAccessibleText(name);
        field.textProperty().bindBidirectional(number.textProperty());
        field.disableProperty().bind(number.onProperty().not());
        number.problemProperty().subscribe(problem -> field.pseudoClassStateChanged(WRONG, !problem.isEmpty()));
        Label after = new Label(unit);
        after.setMinWidth(USE_PREF_SIZE);
        HBox line = new HBox(box, field, after);
        line.getStyleClass().add("number-row");
        Label problem = Shown.when(
                number.problemProperty().isEmpty().not(), TextLine.of(number.problemProperty(), "rules-problem"));
        problem.setId(id + "-problem");
        getChildren().setAll(line, problem);
    }
}
