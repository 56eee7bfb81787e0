package com.peerllm.desktop.chat;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/**
 * Scrolls that stay at the end while the content grows, until the person scrolls up: from then on what is read stands
 * still, until the person is at the end again.
 */
final class FollowingScroll extends ScrollPane {
    /** So near to the end counts as there. */
    private static final double NEAR = 24;

    private final Region content;
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(true);
    private double offset;
    private double height;
    private boolean adjusting;
    private boolean growsAtTheTop;

    FollowingScroll(Region content) {
        super(content);
        this.content = content;
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMinHeight(0);
        vvalueProperty().addListener(change -> moved());
        content.heightProperty().addListener(change -> resized());
        viewportBoundsProperty().addListener(change -> resized());
    }

    ReadOnlyBooleanProperty followingProperty() {
        return following.getReadOnlyProperty();
    }

    void follow() {
        following.set(true);
        place();
    }

    /** What is added next is added above what is read. */
    void growAtTheTop() {
        following.set(false);
        growsAtTheTop = true;
    }

    private double room() {
        return content.getHeight() - getViewportBounds().getHeight();
    }

    private void moved() {
        if (adjusting || content.getHeight() != height) return;
        offset = getVvalue() * Math.max(0, room());
        following.set(room() - offset <= NEAR);
    }

    private void resized() {
        if (growsAtTheTop && content.getHeight() > height) {
            offset += content.getHeight() - height;
            growsAtTheTop = false;
        }
        height = content.getHeight();
        place();
    }

    private void place() {
        adjusting = true;
        if (following.get()) offset = Math.max(0, room());
        setVvalue(room() <= 0 ? 0 : Math.min(1, offset / room()));
        adjusting = false;
    }
}
