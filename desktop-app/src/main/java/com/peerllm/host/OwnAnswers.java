package com.peerllm.host;

import com.peerllm.host.answering.OwnModels;
import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.openai.EmbeddingInput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Asks the models of this computer for its person, whether or not anything is shared. */
final class OwnAnswers implements OwnModels {
    private final ModelShelf shelf;
    private final EngineRoom engineRoom;
    private final InstantSource clock;
    private volatile Instant lastAsked = Instant.EPOCH;

    OwnAnswers(ModelShelf shelf, EngineRoom engineRoom, InstantSource clock) {
        this.shelf = shelf;
        this.engineRoom = engineRoom;
        this.clock = clock;
    }

    /** When one of them was last asked. */
    Instant lastAsked() {
        return lastAsked;
    }

    @Override
    public List<OwnModel> list() {
        Map<ModelDigest, EngineState> states =
                engineRoom.ifMade().map(made -> made.pool().states().get()).orElse(Map.of());
        return shelf.runnable().get().stream()
                .map(model -> own(model, states.getOrDefault(model.digest(), new EngineState.Stopped())))
                .toList();
    }

    private OwnModel own(PlannedModel model, EngineState state) {
        ModelPool pool = engineRoom.get().pool();
        List<String> features = state instanceof EngineState.Ready(var facts)
                ? facts.features()
                : pool.records().run(model.digest()).map(ModelRunRow::features).orElse(List.of());
        int context = state instanceof EngineState.Ready(var facts)
                ? facts.contextPerSlot()
                : model.engine().contextPerSlot();
        int free = model.engine().slots() - pool.models().answering(model.digest());
        return new OwnModel(model.name(), model.digest(), features, context, Math.max(0, free));
    }

    @Override
    public Generation generate(ModelDigest model, GenerationRequest request, GenerationListener listener) {
        lastAsked = clock.instant();
        return engineRoom.get().pool().models().generate(model, request, listener);
    }

    @Override
    public Generation embed(ModelDigest model, List<EmbeddingInput> inputs, EmbeddingListener listener) {
        lastAsked = clock.instant();
        return engineRoom.get().pool().models().embed(model, inputs, listener);
    }
}
