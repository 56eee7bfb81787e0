package com.peerllm.host;

import com.peerllm.host.engine.Speed;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.shared.money.TokenPrice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The models of this computer, and what its person does with them. All that changes something is written down before it
 * returns, may take long, and throws {@link com.peerllm.host.kernel.HostException} with what to do.
 */
public interface HostModels {

    /** In order of name; changes also while engines load and leave. */
    Signal<List<HostModel>> all();

    /**
     * Takes a file in, and offers it on the network.
     *
     * @param copy whether the file is copied into the models folder; else it is used where it lies
     * @throws java.util.concurrent.CancellationException when it is cancelled; nothing is left behind
     */
    StoredModel take(Path file, boolean copy, HashProgress progress, Cancellation cancellation);

    /** Offers it to the network, or keeps it for this computer. */
    void offer(String name, boolean onNetwork);

    void pin(String name, boolean pinned);

    /** @param ask empty for the network's price */
    void ask(String name, Optional<TokenPrice> ask);

    /** Loads it now, as far as memory allows; returns at once. */
    void load(String name);

    /** Ends its process unless it answers or is pinned; returns at once. */
    void unload(String name);

    /** Measures its speed anew, on the GPU and without it, within a minute each; usually within half a minute in all. */
    Speed measure(String name, Cancellation cancellation);

    /** Forgets it, and deletes the file if this program made it; answers that it gives now are handed back. */
    void delete(String name);

    /**
     * Moves the files that this program made to another folder, where later ones go too. Not while sharing: then engines use
     * them. Engines that wait for their person end before, and none may answer.
     *
     * @throws java.util.concurrent.CancellationException when it is cancelled; everything is as it was
     */
    void moveTo(Path folder, HashProgress progress, Cancellation cancellation);
}
