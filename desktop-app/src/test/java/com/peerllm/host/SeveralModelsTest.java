package com.peerllm.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.engine.EngineState;
import com.peerllm.host.session.TestOrchestrator;
import com.peerllm.shared.gguf.RewrittenModel;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.TokenFrame;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host with two models: both are measured once, and then loaded when they are asked for. */
@Timeout(120)
class SeveralModelsTest {
    private static final Path STARTER =
            Path.of(System.getProperty("peerllm.home"), "desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf");

    @TempDir
    Path folder;

    @Test
    void aModelThatIsNotInMemoryIsAnnouncedAndLoadedWhenAnOfferComes() throws Exception {
        Path other = RewrittenModel.of(STARTER).with("general.name", "Twin").to(folder.resolve("twin.gguf"));
        ModelDigest twin;
        try (ServingHost first = new ServingHost(folder.resolve("data"), List.of(other))) {
            List<AnnouncedModel> all = announced(first.orchestrator, models -> models.size() == 2 && allLoaded(models));
            twin = all.getLast().digest();
            assertThat(all).allSatisfy(model -> {
                assertThat(model.decodeTokensPerSecond()).isPositive();
                assertThat(model.prefillTokensPerSecond()).isGreaterThan(model.decodeTokensPerSecond());
            });
        }
        try (ServingHost again = new ServingHost(folder.resolve("data"), List.of(other))) {
            assertThat(again.host.modelStates().get(twin)).isEqualTo(new EngineState.Stopped());

            again.orchestrator.heard().clear();
            again.orchestrator.say(again.offer(twin, 7, "Hello!", 200, List.of()));
            assertThat(answer(again.orchestrator)).startsWith("Hello! I am Sprout");
            assertThat(again.host.modelStates().get(twin)).isInstanceOf(EngineState.Ready.class);
        }
    }

    private static boolean allLoaded(List<AnnouncedModel> models) {
        return models.stream().allMatch(AnnouncedModel::loaded);
    }

    private static List<AnnouncedModel> announced(TestOrchestrator orchestrator, Predicate<List<AnnouncedModel>> wanted)
            throws InterruptedException {
        while (true) {
            List<AnnouncedModel> models = switch (orchestrator.next(Object.class)) {
                case FromHost.Hello hello -> hello.models();
                case FromHost.ModelsChanged changed -> changed.models();
                default -> List.of();
            };
            if (wanted.test(models)) return models;
        }
    }

    private static String answer(TestOrchestrator orchestrator) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (orchestrator.next(Object.class)) {
                case TokenFrame frame -> text.append(frame.chunk().text());
                case FromHost.JobFinished _ -> {
                    return text.toString();
                }
                case FromHost.JobFailed failed -> throw new AssertionError("The job failed: " + failed);
                default -> {}
            }
        }
    }
}
