package com.peerllm.desktop.earnings;

import javafx.beans.value.ObservableValue;
import javafx.scene.layout.Region;

/** A thin line that is filled as far as a share goes. What it shows always stands beside it in words, so readers skip it. */
final class ShareBar extends Region {
    private static final double HEIGHT = 4;

    private final Region filled = new Region();
    private double share;

    /** @param share 0 to 1 */
    ShareBar(double share) {
        getStyleClass().add("share-bar");
        filled.getStyleClass().add("share-bar-filled");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setMaxWidth(Double.MAX_VALUE);
        getChildren().setAll(filled);
        show(share);
    }

    static ShareBar of(ObservableValue<Double> share) {
        ShareBar bar = new ShareBar(0);
        share.subscribe(bar::show);
        return bar;
    }

    private void show(double now) {
        share = Math.clamp(now, 0, 1);
        filled.setVisible(share > 0);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(HEIGHT, Math.round(getWidth() * share));
        filled.resizeRelocate(0, 0, width, getHeight());
    }
}
