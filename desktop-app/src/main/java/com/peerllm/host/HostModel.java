package com.peerllm.host;

import com.peerllm.host.catalog.FitAdvice;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;

/**
 * A model of this computer and what becomes of it here.
 *
 * @param facts what its file says; empty when the file is gone or cannot be read
 * @param state of its engine; {@code Stopped} while it is not in memory
 * @param onNetwork whether it is offered while this computer shares; else it is for this computer only
 * @param pinned whether it stays in memory
 * @param ask for a million tokens; without one, the network's price
 * @param run what was measured here; empty when it never ran
 */
public record HostModel(
        StoredModel file,
        Optional<GgufFacts> facts,
        EngineState state,
        boolean onNetwork,
        boolean pinned,
        Optional<TokenPrice> ask,
        Optional<ModelRunRow> run,
        FitAdvice fit) {}
