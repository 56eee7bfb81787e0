package com.peerllm.desktop;

import com.peerllm.desktop.home.StagedHost;
import java.util.function.Consumer;

/** What Home can look like. */
enum Situation {
    EMPTY(host -> {}),
    STOPPED(StagedHost::knowsItsNetwork),
    CONNECTING(StagedHost::connects),
    SHARING(StagedHost::shares),
    OFFLINE(StagedHost::losesTheNetwork),
    RECOVERING(StagedHost::losesItsEngine),
    FAILED(StagedHost::fails),
    DISPUTED(StagedHost::getsAReceiptThatDoesNotHold);

    private final Consumer<StagedHost> stage;

    Situation(Consumer<StagedHost> stage) {
        this.stage = stage;
    }

    void stage(StagedHost host) {
        stage.accept(host);
    }
}
