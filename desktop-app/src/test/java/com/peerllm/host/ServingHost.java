package com.peerllm.host;

import static org.awaitility.Awaitility.await;

import com.peerllm.host.catalog.Wish;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.session.TestOrchestrator;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.SamplingParameters;
import com.peerllm.shared.wire.FromOrchestrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** A whole host with a real engine, serving the starter model to a test orchestrator. */
final class ServingHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final TestOrchestrator orchestrator;
    final HostData data;
    final Host host;
    private final Random random = new Random(11);

    ServingHost(Path folder) throws Exception {
        this(folder, List.of());
    }

    /** @param others files of more models */
    ServingHost(Path folder, List<Path> others) throws Exception {
        orchestrator = new TestOrchestrator();
        Surroundings around = Surroundings.ofThisProgram();
        data = HostData.open(new AppFolders(folder), around.clock());
        Machine machine = new Machine();
        CheckedModel model = data.models().check(data.models().starter(), HashProgress.SILENT, new Cancellation());
        List<PlannedModel> models = new ArrayList<>(List.of(planned(model, machine)));
        for (Path other : others) {
            Cancellation never = new Cancellation();
            StoredModel stored = data.models().importFile(other, false, HashProgress.SILENT, never);
            models.add(planned(data.models().check(stored, HashProgress.SILENT, never), machine));
        }
        ServePlan plan = new ServePlan(orchestrator.address(), Optional.empty(), machine.withoutDevices(), models);
        host = new Host(data, plan, machine, around);
        host.start();
        awaitServing();
    }

    private static PlannedModel planned(CheckedModel model, Machine machine) {
        return ServePlan.planned(
                model,
                ServePlan.shape(model.facts(), machine.withoutDevices(), Wish.NONE),
                EngineNatives.locate(System.getProperties()),
                OptionalInt.of(1),
                false,
                Optional.empty());
    }

    void awaitServing() {
        await().atMost(PATIENCE)
                .until(() -> host.engineState().get() instanceof EngineState.Ready
                        && host.sessionState().get() instanceof SessionState.Connected c
                        && c.routed());
    }

    ModelDigest digest() {
        return host.plan().model().model().digest();
    }

    FromOrchestrator.JobOffer offer(long stream, String prompt, int maxTokens, List<Integer> delivered) {
        return offer(digest(), stream, prompt, maxTokens, delivered);
    }

    FromOrchestrator.JobOffer offer(
            ModelDigest model, long stream, String prompt, int maxTokens, List<Integer> delivered) {
        return new FromOrchestrator.JobOffer(
                stream,
                JobId.random(random),
                model,
                List.of(ChatMessage.of("user", prompt)),
                SamplingParameters.GREEDY,
                AnswerOptions.PLAIN,
                maxTokens,
                List.of(),
                delivered,
                "test");
    }

    @Override
    public void close() {
        host.stop();
        data.close();
        orchestrator.close();
    }
}
