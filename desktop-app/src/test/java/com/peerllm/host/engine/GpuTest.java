package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.gguf.RewrittenModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine on a GPU, for a computer that has one: {@code PEERLLM_GPU_NATIVES} names the folder of the libraries with the GPU
 * backend, as {@code ./peerllm engine --gpu} prints it. Does not run otherwise.
 */
@EnabledIfEnvironmentVariable(named = "PEERLLM_GPU_NATIVES", matches = ".+")
class GpuTest {
    private static final GenerationRequest SUM = GenerationRequest.of(ask("What is 12 + 7?"));

    @TempDir
    Path folder;

    private final Path natives = Path.of(System.getenv().getOrDefault("PEERLLM_GPU_NATIVES", ""));

    @Test
    void theDeviceIsListedWithItsMemory() {
        List<EngineDevice> devices =
                EngineDevices.list(natives, Thread.ofPlatform().daemon().factory());
        System.out.println(devices);

        assertThat(devices).anySatisfy(device -> {
            assertThat(device.kind()).isIn(EngineDevice.Kind.GPU, EngineDevice.Kind.INTEGRATED_GPU);
            assertThat(device.freeBytes()).isPositive().isLessThanOrEqualTo(device.totalBytes());
        });
    }

    @Test
    void answersAsTheCpuDoesWithAllSomeAndTooManyLayers() {
        for (int layers : new int[] {-1, 2, 1000}) {
            try (Engine engine =
                    TestEngines.ready(options().withGpuLayers(layers).withMeasuring(true))) {
                assertThat(answer(engine, SUM).text())
                        .as("with %d layers", layers)
                        .isEqualTo("12 + 7 = 19.");
                System.out.println(layers + " layers: " + engine.measured() + " " + engine.concessions());
            }
        }
    }

    @Test
    void aModelThatDoesNotFitTheDeviceFallsBackToTheCpuAndSaysWhy() {
        Assumptions.assumeTrue(freeOnDevice() < 4L << 30, "needs a device with less than 4 GiB");
        Path longContext = RewrittenModel.of(TestEngines.starterModel())
                .with("llama.context_length", 65_536)
                .to(folder.resolve("long.gguf"));
        EngineOptions huge = EngineOptions.of(longContext, natives)
                .withSlots(64, 32_768)
                .withThreads(1)
                .withGpuLayers(-1);
        try (Engine engine = TestEngines.ready(huge)) {
            assertThat(engine.concessions())
                    .singleElement()
                    .asString()
                    .startsWith("Loading with all layers on the GPU failed (")
                    .endsWith("trying the CPU alone.");
            System.out.println(engine.concessions());
        }
    }

    private long freeOnDevice() {
        return EngineDevices.list(natives, Thread.ofPlatform().daemon().factory()).stream()
                .filter(device -> device.kind() == EngineDevice.Kind.GPU)
                .mapToLong(EngineDevice::freeBytes)
                .max()
                .orElse(0);
    }

    private EngineOptions options() {
        return EngineOptions.of(TestEngines.starterModel(), natives)
                .withSlots(4, 768)
                .withThreads(1);
    }
}
