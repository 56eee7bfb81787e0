package com.peerllm.host.session;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnnouncedModel;
import java.time.InstantSource;
import java.util.List;
import okhttp3.OkHttpClient;

/**
 * What every connection of a host is made of.
 *
 * @param software name and version of this program, told to the orchestrator
 * @param hardware one sentence about the machine, never its name
 * @param served what is loaded now; each change is announced
 */
public record LinkParts(
        OrchestratorAddress address,
        PeerIdentity self,
        String software,
        String hardware,
        SettingsStore settings,
        Signal<List<ServedModel>> served,
        Payments payments,
        OkHttpClient http,
        Alarms alarms,
        InstantSource clock) {

    List<AnnouncedModel> announced() {
        return served.get().stream().map(ServedModel::announced).toList();
    }

    Handshake.Known known() {
        return new Handshake.Known(
                self, software, hardware, address, settings.current().get(), clock.millis());
    }
}
