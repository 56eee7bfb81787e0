package com.peerllm.desktop.toolkit;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One thing that a person can set: what it is at the side where reading begins, its control at the other. */
public final class FormRow extends HBox {

    private final TextLine about;

    /**
     * @param about what follows from it, in a sentence; empty where the name says all
     * @param control gets {@code name} as its name for screen readers unless it has one
     */
    public FormRow(String name, String about, Node control) {
        getStyleClass().add("form-row");
        Label label = new TextLine(name);
        label.setLabelFor(control);
        VBox words = new VBox(label);
        words.getStyleClass().add("form-row-words");
        this.about = TextLine.quiet(about);
        if (!about.isEmpty()) words.getChildren().add(this.about);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(0);
        if (control.getAccessibleText() == null) control.setAccessibleText(name);
        if (control instanceof Region region) region.setMinWidth(USE_PREF_SIZE);
        getChildren().setAll(words, control);
    }

    /** The sentence below the name, for one that changes. */
    public TextLine about() {
        return about;
    }
}
