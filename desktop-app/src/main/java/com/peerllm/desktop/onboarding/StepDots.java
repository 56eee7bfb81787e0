package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.toolkit.Messages;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** How far the steps are: a dot for each, the present one marked. */
final class StepDots extends HBox {
    private static final PseudoClass PRESENT = PseudoClass.getPseudoClass("present");

    StepDots(ObservableValue<Step> present, Messages messages) {
        getStyleClass().add("step-dots");
        setAccessibleRole(AccessibleRole.TEXT);
        int of = Step.values().length;
        for (int i = 0; i < of; i++) {
            Region dot = new Region();
            dot.getStyleClass().add("step-dot");
            getChildren().add(dot);
        }
        present.subscribe(step -> {
            setAccessibleText(messages.text("onboarding.step", step.ordinal() + 1, of));
            for (int i = 0; i < of; i++) getChildren().get(i).pseudoClassStateChanged(PRESENT, i == step.ordinal());
        });
    }
}
