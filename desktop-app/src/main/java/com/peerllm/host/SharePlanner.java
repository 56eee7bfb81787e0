package com.peerllm.host;

import com.peerllm.host.catalog.Wish;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.modelstore.ModelStore;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.Asks;
import com.peerllm.host.settings.HostSettings;
import java.nio.file.Path;

/** Decides from the settings what is shared when the person presses start. May take long for a large model. */
final class SharePlanner {
    private final HostData data;
    private final Machine machine;
    private final LinkOptions link;
    private final Surroundings around;

    SharePlanner(HostData data, Machine machine, LinkOptions link, Surroundings around) {
        this.data = data;
        this.machine = machine;
        this.link = link;
        this.around = around;
    }

    /** The name of the model that would be shared. */
    String modelName() {
        return data.settings()
                .current()
                .get()
                .model()
                .orElseGet(() -> data.models().starter().name());
    }

    /**
     * @throws HostException with what to do, when the address, the model or the engine cannot be used
     * @throws java.util.concurrent.CancellationException when it is cancelled
     */
    ServePlan plan(String address, Cancellation cancellation) {
        OrchestratorAddress orchestrator = OrchestratorAddress.parse(address, link.allowPlaintext());
        data.settings().update(settings -> settings.withOrchestrator(orchestrator.text()));
        HostSettings settings = data.settings().current().get();
        CheckedModel model = model(settings, cancellation);
        try {
            Path natives = EngineNatives.locate(around.properties());
            HardwareProfile profile = machine.withDevices(natives, around.threads());
            Wish wish = new Wish(settings.slots(), settings.contextPerSlot(), settings.gpuLayers());
            ServePlan.Shape shape = ServePlan.shape(model.facts(), profile, wish);
            return ServePlan.of(
                    orchestrator,
                    link.ownCa(),
                    profile,
                    model,
                    shape,
                    natives,
                    settings.threads(),
                    Asks.of(settings).of(model.model().name()));
        } catch (EngineException e) {
            throw new HostException(Problem.ENGINE, e.failure().sentence(), e);
        }
    }

    private CheckedModel model(HostSettings settings, Cancellation cancellation) {
        ModelStore models = data.models();
        StoredModel found = settings.model()
                .map(name -> models.find(name, HashProgress.SILENT, cancellation))
                .orElseGet(models::starter);
        CheckedModel checked = models.check(found, HashProgress.SILENT, cancellation);
        cancellation.check();
        return checked;
    }
}
