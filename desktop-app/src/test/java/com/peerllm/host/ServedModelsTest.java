package com.peerllm.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.Footprint;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.modelstore.ModelStore;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.session.ServedModel;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.AnnouncedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the network is offered of what a host has. */
class ServedModelsTest {
    private static final Path FILE =
            Path.of(System.getProperty("peerllm.home"), "desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf");
    private static final ModelDigest DIGEST = new ModelDigest("ab".repeat(32));

    private static final TokenPrice ASK = new TokenPrice(new Credits(400_000_000), new Credits(1_200_000_000));

    @Test
    void aModelThatWasSeenHereIsOfferedBeforeItIsLoaded() {
        List<ServedModel> served = served(Optional.of(run(40, List.of("chat", "tools"))), new EngineState.Stopped());

        AnnouncedModel announced = served.getFirst().announced();
        assertThat(announced.loaded()).isFalse();
        assertThat(announced.loadMillis()).isEqualTo(1200);
        assertThat(announced.features()).containsExactly("chat", "tools");
        assertThat(announced.decodeTokensPerSecond()).isEqualTo(40);
        assertThat(announced.prefillTokensPerSecond()).isEqualTo(900);
        assertThat(announced.vocabularySize()).isEqualTo(1024);
        assertThat(announced.ask()).contains(ASK);
    }

    @Test
    void aModelThatWasNeverLoadedHereIsNotOffered() {
        assertThat(served(Optional.empty(), new EngineState.Stopped())).isEmpty();
        assertThat(served(Optional.of(run(40, List.of())), new EngineState.Stopped()))
                .as("only measured")
                .isEmpty();
    }

    @Test
    void aModelThatFailedOrIsTooSlowIsNotOffered() {
        EngineState failed = new EngineState.Failed(EngineErrorCode.QUARANTINED, "It crashed.");
        assertThat(served(Optional.of(run(40, List.of("chat"))), failed)).isEmpty();
        assertThat(served(Optional.of(run(0.4, List.of("chat"))), new EngineState.Stopped()))
                .isEmpty();
        assertThat(ServedModels.tooSlow(run(0.4, List.of("chat"))))
                .contains("It makes 0.40 tokens/s here, and less than 1 is not offered. Choose a smaller model.");
    }

    @Test
    void aHostServesAsLongAsOneModelCan() {
        EngineState failed = new EngineState.Failed(EngineErrorCode.MODEL_BROKEN, "Broken.");
        EngineState stopped = new EngineState.Stopped();
        EngineState starting = new EngineState.Starting();

        assertThat(OverallState.of(List.of(failed, stopped))).isEqualTo(stopped);
        assertThat(OverallState.of(List.of(failed, starting))).isEqualTo(starting);
        assertThat(OverallState.of(List.of(failed))).isEqualTo(failed);
    }

    private static List<ServedModel> served(Optional<ModelRunRow> run, EngineState state) {
        StoredModel stored = new StoredModel("sprout", DIGEST, FILE, 1, false, StoredModel.Presence.PRESENT);
        PlannedModel model = new PlannedModel(
                new CheckedModel(stored, ModelStore.facts(FILE)),
                EngineOptions.of(FILE, FILE),
                Footprint.NOTHING,
                false,
                Optional.of(ASK));
        return new ServedModels(
                        List.of(model),
                        digest -> run,
                        digest -> (request, listener) -> () -> {},
                        digest -> (inputs, listener) -> () -> {},
                        digest -> request -> new CompletableFuture<>())
                .in(Map.of(DIGEST, state));
    }

    private static ModelRunRow run(double decode, List<String> features) {
        return new ModelRunRow(DIGEST, "this", "v0.5.0", 1, 512, 0, 900, decode, decode, 1200, features, false, 0);
    }
}
