package com.peerllm.host;

import com.peerllm.host.engine.MeasuredTrial;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.engine.Quarantine;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.host.storage.ModelRunTable;
import com.peerllm.host.storage.QuarantineTable;
import com.peerllm.shared.model.ModelDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What this host remembers about models on this computer with this engine: how fast they ran, and which must not be loaded. */
public final class ModelRecords {
    private final ModelRunTable runs;
    private final QuarantineTable quarantines;
    private final String machine;
    private final String engine;
    private final InstantSource clock;

    /** @param engine release of the engine's libraries, see {@link com.peerllm.host.engine.EngineNatives#release} */
    public ModelRecords(HostData data, HardwareProfile machine, String engine, InstantSource clock) {
        this.runs = data.runs();
        this.quarantines = data.quarantines();
        this.machine = machine.fingerprint();
        this.engine = engine;
        this.clock = clock;
    }

    public Optional<ModelRunRow> run(ModelDigest model) {
        return runs.find(model, machine, engine);
    }

    /** Of all models, those included that are gone. */
    List<ModelRunRow> all() {
        return runs.all(machine, engine);
    }

    /** Keeps a measurement in the place of an earlier one; what was learnt by serving stays. */
    public ModelRunRow keep(ModelDigest model, MeasuredTrial measured, boolean searched) {
        Optional<ModelRunRow> before = run(model);
        ModelRunRow run = new ModelRunRow(
                model,
                machine,
                engine,
                measured.trial().threads(),
                measured.trial().microBatch(),
                measured.trial().gpuLayers(),
                measured.speed().prefill(),
                measured.speed().decodeOne(),
                measured.speed().decodeFour(),
                before.map(ModelRunRow::loadMillis).orElse(0L),
                before.map(ModelRunRow::features).orElse(List.of()),
                searched,
                clock.millis());
        runs.put(run);
        return run;
    }

    /** Keeps what a loaded model tells of itself, so that it can be offered while it is not loaded. */
    public void served(ModelDigest model, ModelFacts facts) {
        runs.put(run(model).orElseGet(() -> unmeasured(model)).served(facts.loadMillis(), facts.features()));
    }

    /** A model whose speed nobody takes: one that makes embeddings. */
    private ModelRunRow unmeasured(ModelDigest model) {
        return new ModelRunRow(model, machine, engine, 0, 0, 0, 0, 0, 0, 0, List.of(), false, clock.millis());
    }

    public Quarantine quarantine(ModelDigest model) {
        return new Quarantine() {
            @Override
            public Optional<String> reason() {
                return quarantines.reason(model, engine);
            }

            @Override
            public void begin(String reason) {
                quarantines.put(model, engine, reason, clock.millis());
            }
        };
    }
}
