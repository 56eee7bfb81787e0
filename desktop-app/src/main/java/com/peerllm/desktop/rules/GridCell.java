package com.peerllm.desktop.rules;

import javafx.css.PseudoClass;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/** One hour of the week, or the name of a day or an hour; the grid moves the focus between them. */
final class GridCell extends StackPane {
    private static final PseudoClass ALLOWED = PseudoClass.getPseudoClass("allowed");

    private final int row;
    private final int column;
    private final Runnable turn;
    private boolean allowed;

    private GridCell(int row, int column, Runnable turn) {
        this.row = row;
        this.column = column;
        this.turn = turn;
    }

    static GridCell corner() {
        return new GridCell(0, 0, () -> {});
    }

    static GridCell name(int row, int column, String text, Runnable turn) {
        GridCell cell = new GridCell(row, column, turn);
        cell.getStyleClass().add("week-name");
        cell.setAccessibleRole(AccessibleRole.BUTTON);
        Label label = new Label(text);
        label.setMinWidth(USE_PREF_SIZE);
        cell.getChildren().add(label);
        return cell;
    }

    static GridCell hour(int row, int column, Runnable turn) {
        GridCell cell = new GridCell(row, column, turn);
        cell.getStyleClass().add("week-hour");
        cell.setAccessibleRole(AccessibleRole.CHECK_BOX);
        return cell;
    }

    int row() {
        return row;
    }

    int column() {
        return column;
    }

    void turn() {
        turn.run();
    }

    void show(boolean nowAllowed, String name) {
        setAccessibleText(name);
        if (allowed == nowAllowed) return;
        allowed = nowAllowed;
        pseudoClassStateChanged(ALLOWED, allowed);
        notifyAccessibleAttributeChanged(AccessibleAttribute.SELECTED);
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        if (attribute == AccessibleAttribute.SELECTED) return allowed;
        return super.queryAccessibleAttribute(attribute, parameters);
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        if (action == AccessibleAction.FIRE) turn();
        else super.executeAccessibleAction(action, parameters);
    }
}
