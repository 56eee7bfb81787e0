package com.peerllm.host;

import com.peerllm.host.catalog.ActiveWeights;
import com.peerllm.host.catalog.MeasuredSpeeds;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.modelstore.ModelStore;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.model.ModelDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers what was measured of this computer's models, for the advice about others. */
public final class SpeedRecords {
    private SpeedRecords() {}

    /**
     * Reads the header of each model that was measured and whose file is there.
     *
     * @param engine release of the engine's libraries, see {@link com.peerllm.host.engine.EngineNatives#release}
     */
    public static MeasuredSpeeds of(HostData data, HardwareProfile machine, String engine) {
        Map<ModelDigest, StoredModel> models = data.models().list().stream()
                .filter(model -> model.presence() == StoredModel.Presence.PRESENT)
                .collect(Collectors.toMap(StoredModel::digest, Function.identity(), (one, same) -> one));
        return of(
                data.runs().all(machine.fingerprint(), engine),
                digest -> Optional.ofNullable(models.get(digest)).flatMap(SpeedRecords::facts));
    }

    /** @param facts of a measured model; without them its measurement tells nothing of others */
    static MeasuredSpeeds of(List<ModelRunRow> runs, Function<ModelDigest, Optional<GgufFacts>> facts) {
        return new MeasuredSpeeds(runs.stream()
                .filter(run -> run.decodeOne() > 0)
                .flatMap(run -> facts.apply(run.digest()).map(known -> run(run, known)).stream())
                .toList());
    }

    private static MeasuredSpeeds.Run run(ModelRunRow row, GgufFacts facts) {
        MeasuredSpeeds.Place place =
                MeasuredSpeeds.Place.of(row.gpuLayers(), facts.shape().layers());
        long active = ActiveWeights.bytes(facts).orElse(0);
        return new MeasuredSpeeds.Run(row.digest(), active, place, row.decodeOne());
    }

    private static Optional<GgufFacts> facts(StoredModel model) {
        try {
            return Optional.of(ModelStore.facts(model.path()));
        } catch (HostException unreadable) {
            return Optional.empty();
        }
    }
}
