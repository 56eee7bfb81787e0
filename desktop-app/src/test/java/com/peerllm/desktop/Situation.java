package com.peerllm.desktop;

import com.peerllm.desktop.home.StagedHost;
import com.peerllm.host.availability.PauseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What Home can look like. */
enum Situation {
    EMPTY(host -> {}),
    STOPPED(StagedHost::knowsItsNetwork),
    CONNECTING(StagedHost::connects),
    SHARING(StagedHost::shares),
    OFFLINE(StagedHost::losesTheNetwork),
    PAUSED_IN_USE(host -> host.pausesFor(new PauseReason.InUse(Duration.ofMinutes(5)), new PauseReason.OnBattery())),
    PAUSED_BY_HAND(
            host -> host.pausesFor(new PauseReason.ByHand(Optional.of(StagedHost.NOW.plusSeconds(3600 * 5 + 1800))))),
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
