package com.peerllm.desktop.chat;

import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.Scene;

/**
 * Does something with each frame while it is on, but never so often that it takes more than a quarter of the screens' time:
 * a frame that took long to lay out is followed by a rest three times as long.
 */
final class FramePace extends AnimationTimer {
    private static final int REST = 3;

    private final Node node;
    private final Runnable action;
    private long begunNanos;
    private long restUntilNanos;
    private boolean on;

    FramePace(Node node, Runnable action) {
        this.node = node;
        this.action = action;
    }

    void turn(boolean wished) {
        if (on == wished) return;
        on = wished;
        if (wished) start();
        else stop();
    }

    @Override
    public void handle(long now) {
        long began = System.nanoTime();
        Scene scene = node.getScene();
        if (scene == null || began < restUntilNanos) return;
        begunNanos = began;
        action.run();
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                scene.removePostLayoutPulseListener(this);
                long ended = System.nanoTime();
                restUntilNanos = ended + REST * (ended - begunNanos);
            }
        });
    }
}
