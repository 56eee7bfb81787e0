package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Page;
import javafx.scene.layout.StackPane;

/** When and how much this computer shares, and what that means now. */
public final class RulesView extends StackPane {

    public RulesView(RulesViewModel model, Messages messages) {
        getChildren()
                .setAll(new Page(
                        messages.text("rules.title"),
                        new NowCard(model, messages),
                        new ProfileCard(model, messages),
                        new WhenCard(model, messages),
                        new HoursCard(model, messages),
                        new MoreCard(model, messages)));
    }
}
