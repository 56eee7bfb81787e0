package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.layout.VBox;

/** When and how much this computer shares, and what that means now. */
public final class RulesView extends VBox {

    public RulesView(RulesViewModel model, Messages messages) {
        getStyleClass().add("rules");
        getChildren()
                .setAll(
                        new NowCard(model, messages),
                        new ProfileCard(model, messages),
                        new WhenCard(model, messages),
                        new HoursCard(model, messages),
                        new MoreCard(model, messages));
    }
}
