package com.peerllm.desktop;

import com.peerllm.desktop.home.HomeStatus;
import com.peerllm.desktop.home.Presence;
import com.peerllm.desktop.toolkit.Messages;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** At the side's foot on every screen: a dot and a word that say whether this computer shares. */
final class SideStatus extends HBox {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    SideStatus(ObservableValue<HomeStatus> status, Messages messages) {
        getStyleClass().add("side-status");
        Region dot = new Region();
        dot.getStyleClass().add("status-dot");
        Label word = new Label();
        word.setId("presence");
        Tooltip more = new Tooltip();
        more.textProperty().bind(status.map(HomeStatus::sentence));
        word.setTooltip(more);
        status.subscribe(now -> {
            word.setText(word(now.kind(), messages));
            dot.pseudoClassStateChanged(GOOD, now.presence() == Presence.SHARING);
            dot.pseudoClassStateChanged(BAD, now.presence() == Presence.NEEDS_YOU);
        });
        getChildren().setAll(dot, word);
    }

    private static String word(HomeStatus.Kind kind, Messages messages) {
        return switch (kind) {
            case SHARING -> messages.text("shell.presence.sharing");
            case PAUSED -> messages.text("shell.presence.paused");
            case PREPARING, RECOVERING -> messages.text("shell.presence.starting");
            case OFFLINE -> messages.text("shell.presence.offline");
            case NO_NETWORK, STOPPED, STOPPING -> messages.text("shell.presence.off");
            case FAILED -> messages.text("shell.presence.needsYou");
        };
    }
}
