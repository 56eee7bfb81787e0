package com.peerllm.desktop.earnings;

import com.peerllm.desktop.earnings.Overview.Bar;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.NodeOrientation;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

/**
 * Bars over time, the oldest at the left. One is chosen, by the mouse or by the arrow keys; its sentence is what screen readers
 * say and what stands above the chart.
 */
final class EarningsBars extends Region {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final double HEIGHT = 176;
    private static final double LABEL_ROOM = 24;
    private static final double TOP_ROOM = 24;
    private static final double LEAST_BAR = 2;
    private static final double WIDEST_BAR = 56;
    /** Of the room that a bar has. */
    private static final double FILLED = 0.72;

    private static final double LABEL_GAP = 16;

    private final String name;
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");
    private final Region baseline = line();
    private final Region top = line();
    private final Label most = label();
    private final List<Region> columns = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private List<Bar> bars = List.of();
    private int chosen = -1;

    /** @param name of the chart, for screen readers */
    EarningsBars(String name) {
        this.name = name;
        getStyleClass().add("earnings-bars");
        // Time runs from left to right in every script here, like the digits below it.
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        accessibleTextProperty().bind(sentence.map(said -> this.name + ": " + said));
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setOnMouseMoved(mouse -> choose(at(mouse.getX())));
        setOnMousePressed(mouse -> {
            requestFocus();
            choose(at(mouse.getX()));
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    }

    /** What the chosen bar says. */
    ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    /** The newest bar is chosen, unless as many bars as before are shown. */
    void show(List<Bar> next, String highest) {
        boolean sameTime = next.size() == bars.size();
        bars = next;
        most.setText(highest);
        columns.clear();
        labels.clear();
        for (Bar bar : bars) {
            Region column = new Region();
            column.getStyleClass().add("earnings-bar");
            column.setVisible(bar.share() > 0);
            columns.add(column);
            Label label = label();
            label.setText(bar.label());
            labels.add(label);
        }
        getChildren().setAll(top, baseline, most);
        top.setVisible(!highest.isEmpty());
        getChildren().addAll(columns);
        getChildren().addAll(labels);
        int wanted = sameTime && chosen >= 0 ? chosen : bars.size() - 1;
        chosen = -1;
        choose(wanted);
        requestLayout();
    }

    private void choose(int index) {
        if (bars.isEmpty()) return;
        int next = Math.clamp(index, 0, bars.size() - 1);
        if (chosen >= 0 && chosen < columns.size()) columns.get(chosen).pseudoClassStateChanged(CHOSEN, false);
        chosen = next;
        columns.get(next).pseudoClassStateChanged(CHOSEN, true);
        sentence.set(bars.get(next).sentence());
    }

    private int at(double x) {
        return bars.isEmpty() ? 0 : (int) (x / (getWidth() / bars.size()));
    }

    private void pressed(KeyEvent key) {
        switch (key.getCode()) {
            case LEFT -> choose(chosen - 1);
            case RIGHT -> choose(chosen + 1);
            case HOME -> choose(0);
            case END -> choose(bars.size() - 1);
            default -> {
                return;
            }
        }
        key.consume();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double bottom = getHeight() - LABEL_ROOM;
        double room = bottom - TOP_ROOM;
        baseline.resizeRelocate(0, bottom, width, 1);
        top.resizeRelocate(0, TOP_ROOM, width, 1);
        most.autosize();
        most.relocate(0, TOP_ROOM - most.getHeight() - 2);
        double step = width / Math.max(1, bars.size());
        double thick = Math.min(WIDEST_BAR, Math.max(1, Math.floor(step * FILLED)));
        for (int i = 0; i < bars.size(); i++) {
            double high = Math.max(LEAST_BAR, Math.round(bars.get(i).share() * room));
            columns.get(i).resizeRelocate(Math.round(i * step + (step - thick) / 2), bottom - high, thick, high);
        }
        layOutLabels(step, bottom);
    }

    /** As many as fit without touching each other, the newest always. */
    private void layOutLabels(double step, double bottom) {
        double free = Double.MAX_VALUE;
        for (int i = labels.size() - 1; i >= 0; i--) {
            Label label = labels.get(i);
            label.autosize();
            double left = Math.clamp(
                    Math.round(i * step + (step - label.getWidth()) / 2),
                    0,
                    Math.max(0, getWidth() - label.getWidth()));
            boolean fits = left + label.getWidth() + LABEL_GAP <= free;
            label.setVisible(fits);
            label.relocate(left, bottom + 6);
            if (fits) free = left;
        }
    }

    private static Region line() {
        Region line = new Region();
        line.getStyleClass().add("earnings-line");
        return line;
    }

    private static Label label() {
        Label label = new Label();
        label.getStyleClass().add("quiet");
        return label;
    }
}
