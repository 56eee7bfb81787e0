package com.peerllm.desktop;

import java.util.List;
import java.util.stream.Stream;
import javafx.scene.image.Image;

/** The icon in the sizes that window systems ask for. */
final class StageIcons {
    private static final int BRAND_PIXELS = 64;

    private StageIcons() {}

    static List<Image> all() {
        return Stream.of(16, 24, 32, 48, 64, 128, 256).map(StageIcons::of).toList();
    }

    /** For the head of the navigation; twice the size it is shown in, for dense screens. */
    static Image brand() {
        return of(BRAND_PIXELS);
    }

    private static Image of(int pixels) {
        return new Image(StageIcons.class
                .getResource("/desktop/icons/peerllm-" + pixels + ".png")
                .toExternalForm());
    }
}
