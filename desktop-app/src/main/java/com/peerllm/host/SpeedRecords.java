package com.peerllm.host;

import com.peerllm.host.catalog.ActiveWeights;
import com.peerllm.host.catalog.MeasuredSpeeds;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.modelstore.ModelStore;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.gguf.GgufFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers what was measured of this computer's models, for the advice about others. Reads each measured model's header. */
public final class SpeedRecords {
    private SpeedRecords() {}

    /** @param engine release of the engine's libraries, see {@link com.peerllm.host.engine.EngineNatives#release} */
    public static MeasuredSpeeds of(HostData data, HardwareProfile machine, String engine) {
        Map<String, StoredModel> models = data.models().list().stream()
                .filter(model -> model.presence() == StoredModel.Presence.PRESENT)
                .collect(Collectors.toMap(model -> model.digest().hex(), Function.identity(), (one, same) -> one));
        List<MeasuredSpeeds.Run> runs = data.runs().all(machine.fingerprint(), engine).stream()
                .filter(run -> run.decodeOne() > 0)
                .flatMap(run ->
                        Optional.ofNullable(models.get(run.digest().hex())).flatMap(model -> run(run, model)).stream())
                .toList();
        return new MeasuredSpeeds(runs);
    }

    /** A model whose header cannot be read any more tells nothing of others. */
    private static Optional<MeasuredSpeeds.Run> run(ModelRunRow row, StoredModel model) {
        GgufFacts facts;
        try {
            facts = ModelStore.facts(model.path());
        } catch (HostException unreadable) {
            return Optional.empty();
        }
        MeasuredSpeeds.Place place =
                MeasuredSpeeds.Place.of(row.gpuLayers(), facts.shape().layers());
        long active = ActiveWeights.bytes(facts).orElse(0);
        return Optional.of(new MeasuredSpeeds.Run(row.digest(), active, place, row.decodeOne()));
    }
}
