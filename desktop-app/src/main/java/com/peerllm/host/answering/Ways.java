package com.peerllm.host.answering;

import com.peerllm.host.kernel.Signal;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import java.util.List;

/** Finds the way of each question, by what this computer and the network have now. */
public final class Ways {
    private final OwnModels own;
    private final Network network;
    private final Signal<HostSettings> settings;

    public Ways(OwnModels own, Network network, Signal<HostSettings> settings) {
        this.own = own;
        this.network = network;
        this.settings = settings;
    }

    /** Asks the network for its models only where they count: a network that does not answer delays no answer of this computer. */
    public Hybrid.Way of(String asked) {
        Mode mode = settings.get().localApi().mode();
        Hybrid.Way first = decide(asked, mode, network.knownModels());
        boolean settled = mode == Mode.LOCAL
                || asked.startsWith(Hybrid.LOCAL)
                || asked.startsWith(Hybrid.NETWORK)
                || first instanceof Hybrid.Local(var model, Hybrid.Why why) && why == Hybrid.Why.HERE;
        return settled ? first : decide(asked, mode, network.recentModels());
    }

    private Hybrid.Way decide(String asked, Mode mode, List<NetworkModel> there) {
        return Hybrid.decide(asked, mode, own.list(), there, network.key().isSet());
    }
}
