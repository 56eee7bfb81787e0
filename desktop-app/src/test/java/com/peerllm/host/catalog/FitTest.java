package com.peerllm.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.hardware.ComputeDevice;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.hardware.Sourced;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.GgufReader;
import com.peerllm.shared.gguf.MemoryEstimate;
import com.peerllm.shared.gguf.RewrittenModel;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static GgufFacts starter;

    @TempDir
    Path folder;

    @BeforeAll
    static void readTheStarterModel() throws Exception {
        starter = GgufReader.read(Path.of(
                System.getProperty("peerllm.home"), "desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf"));
    }

    @Test
    void aSmallModelGetsEightSlotsAndItsWholeContext() {
        assertThat(Fit.of(starter, machine(8 * GIB, 6 * GIB), Wish.NONE))
                .isInstanceOfSatisfying(Fit.Runs.class, runs -> {
                    assertThat(runs.shape().slots()).isEqualTo(8);
                    assertThat(runs.shape().contextPerSlot()).isEqualTo(768);
                    assertThat(runs.gpuLayers()).isZero();
                });
    }

    @Test
    void anEmbeddingModelGetsTheLengthThatItsMemoryAllows() throws Exception {
        GgufFacts pooling = GgufReader.read(RewrittenModel.of(Path.of(
                        System.getProperty("peerllm.home"),
                        "desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf"))
                .with("llama.pooling_type", 1)
                .with("llama.context_length", 8192)
                .to(folder.resolve("pooling.gguf")));

        Fit.Runs roomy = runs(Fit.of(pooling, machine(8 * GIB, 6 * GIB), Wish.NONE));
        assertThat(roomy.shape().contextPerSlot()).isEqualTo(2048);
        assertThat(roomy.shape().slots()).isEqualTo(8);
        Fit.Runs tight = runs(Fit.of(pooling, machine(GIB, 260 * MIB), Wish.NONE));
        assertThat(tight.shape().contextPerSlot()).isBetween(1024, 2047);
        assertThat(Fit.of(pooling, machine(8 * GIB, 6 * GIB), Wish.of(8, 8192, 0)))
                .isInstanceOfSatisfying(
                        Fit.Runs.class,
                        wished -> assertThat(wished.memory().computeBytes()).isGreaterThan(1600 * MIB));
    }

    @Test
    void withLessMemoryItGetsFewerSlotsBeforeItIsRefused() {
        long forOneSlot = runs(Fit.of(starter, machine(GIB, GIB), Wish.of(1, 768, 0)))
                .memory()
                .totalBytes();
        long reserve = GIB / 10 + 96 * MIB;

        Fit tight = Fit.of(starter, machine(GIB, reserve + forOneSlot), Wish.NONE);
        Fit tooTight = Fit.of(starter, machine(GIB, reserve + forOneSlot - 1), Wish.NONE);

        assertThat(runs(tight).shape().slots()).isEqualTo(1);
        assertThat(tooTight)
                .isInstanceOfSatisfying(
                        Fit.TooBig.class,
                        no -> assertThat(no.sentence())
                                .matches("Not enough memory: needs \\d.* [MG]B, \\d.* [MG]B can be used\\. Choose .*"));
    }

    @Test
    void aWishIsKeptOrRefusedButNeverChanged() {
        Wish wish = new Wish(OptionalInt.of(64), OptionalInt.of(512), OptionalInt.empty());

        assertThat(runs(Fit.of(starter, machine(8 * GIB, 6 * GIB), wish))
                        .shape()
                        .slots())
                .isEqualTo(64);
        assertThat(runs(Fit.of(starter, machine(8 * GIB, 6 * GIB), wish))
                        .shape()
                        .contextPerSlot())
                .isEqualTo(512);
        assertThat(Fit.of(starter, machine(GIB, GIB / 10 + 97 * MIB), wish))
                .isInstanceOfSatisfying(
                        Fit.TooBig.class, no -> assertThat(no.sentence()).contains("fewer slots"));
    }

    @Test
    void aModelNeverGetsMoreContextThanItWasTrainedFor() {
        Wish wish = new Wish(OptionalInt.empty(), OptionalInt.of(100_000), OptionalInt.empty());

        assertThat(runs(Fit.of(starter, machine(8 * GIB, 6 * GIB), wish))
                        .shape()
                        .contextPerSlot())
                .isEqualTo(768);
    }

    @Test
    void aGpuWithMemoryOfItsOwnIsTakenFirstAndTheMainMemoryWhenItIsFull() {
        HardwareProfile roomy = machine(8 * GIB, 6 * GIB)
                .withDevices(List.of(new ComputeDevice("GPU", true, 4 * GIB, 3 * GIB)), "llama.cpp");
        HardwareProfile full = machine(8 * GIB, 6 * GIB)
                .withDevices(List.of(new ComputeDevice("GPU", true, 4 * GIB, MIB)), "llama.cpp");

        assertThat(runs(Fit.of(starter, roomy, Wish.NONE)).gpuLayers()).isEqualTo(Fit.ALL_LAYERS);
        assertThat(runs(Fit.of(starter, full, Wish.NONE)).gpuLayers()).isZero();
    }

    @Test
    void asManyLayersGoToTheGpuAsFitBesideItsReserveAndTheComputeBuffer() {
        int layers = starter.shape().layers();
        MemoryEstimate.Known memory =
                new MemoryEstimate.Known(600 * MIB * (layers + 1), 400 * MIB * (layers + 1), 50 * MIB);
        long beside = GpuLayers.RESERVE_BYTES + 50 * MIB;
        long layer = 1000 * MIB;

        assertThat(GpuLayers.fitting(starter, memory, 0)).isZero();
        assertThat(GpuLayers.fitting(starter, memory, beside + layer - 1)).isZero();
        assertThat(GpuLayers.fitting(starter, memory, beside + layer)).isEqualTo(1);
        assertThat(GpuLayers.fitting(starter, memory, beside + 2 * layer - 1)).isEqualTo(1);
        assertThat(GpuLayers.fitting(starter, memory, beside + (layers + 1) * layer - 1))
                .isEqualTo(layers);
        assertThat(GpuLayers.fitting(starter, memory, beside + (layers + 1) * layer))
                .isEqualTo(Fit.ALL_LAYERS);
        assertThat(GpuLayers.deviceBytes(starter, memory, 1)).isEqualTo(layer + 50 * MIB);
        assertThat(GpuLayers.deviceBytes(starter, memory, Fit.ALL_LAYERS)).isEqualTo(memory.totalBytes());
        assertThat(GpuLayers.deviceBytes(starter, memory, 0)).isZero();
    }

    @Test
    void mappedMemoryOfResidentModelsIsNotCountedAsFree() {
        HardwareProfile looksFree = machine(16 * GIB, 15 * GIB);

        assertThat(Fit.room(looksFree, 0)).isEqualTo(15 * GIB - GIB - 96 * MIB);
        assertThat(Fit.room(looksFree, 10 * GIB)).isEqualTo(6 * GIB - GIB - 96 * MIB);
        assertThat(Fit.room(looksFree, 20 * GIB)).isZero();
    }

    @Test
    void memoryThatAGpuSharesIsCountedOnce() {
        HardwareProfile machine = machine(GIB, GIB / 10 + 97 * MIB)
                .withDevices(List.of(new ComputeDevice("Shared", false, 64 * GIB, 64 * GIB)), "llama.cpp");

        assertThat(Fit.of(starter, machine, Wish.NONE)).isInstanceOf(Fit.TooBig.class);
    }

    private static Fit.Runs runs(Fit fit) {
        assertThat(fit).isInstanceOf(Fit.Runs.class);
        return (Fit.Runs) fit;
    }

    private static HardwareProfile machine(long total, long available) {
        return new HardwareProfile(
                new Sourced<>("a processor", "test"),
                new Sourced<>(4, "test"),
                new Sourced<>(8, "test"),
                new Sourced<>(total, "test"),
                new Sourced<>(available, "test"),
                new Sourced<>("Linux", "test"),
                new Sourced<>(List.of(), "test"));
    }
}
