package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Page;
import javafx.scene.layout.VBox;

/** Settings: account, folders, looks, notices, the endpoint on this computer, newer versions, and the program itself. */
public final class SettingsView extends VBox {

    public SettingsView(SettingsViewModel model, Messages messages) {
        getChildren()
                .setAll(new Page(
                        messages.text("settings.title"),
                        new AccountCard(model.account(), messages),
                        new LooksCard(model.looks(), messages),
                        new LocalApiCard(model.localApi(), messages),
                        new FoldersCard(model, messages),
                        new UpdateCard(model.update(), messages),
                        new ProgramCard(model, messages)));
    }
}
