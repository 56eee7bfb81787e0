package com.peerllm.host.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's small decisions. */
class EngineRulesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void twoCrashesWithinFiveMinutesAreTooMany() {
        CrashHistory history = new CrashHistory();

        assertThat(history.crashed(NOON)).isFalse();
        assertThat(history.crashed(NOON.plusSeconds(299))).isTrue();
    }

    @Test
    void crashesFarApartOrWithAnAnswerBetweenThemAreNot() {
        CrashHistory history = new CrashHistory();

        assertThat(history.crashed(NOON)).isFalse();
        assertThat(history.crashed(NOON.plusSeconds(301))).isFalse();
        history.answered();
        assertThat(history.crashed(NOON.plusSeconds(302))).isFalse();
    }

    @Test
    void threadsNeverExceedTheCoresAndLeaveOneByDefault() {
        assertThat(ProcessorThreads.choose(OptionalInt.empty(), () -> 8)).isEqualTo(7);
        assertThat(ProcessorThreads.choose(OptionalInt.empty(), () -> 1)).isEqualTo(1);
        assertThat(ProcessorThreads.choose(OptionalInt.of(64), () -> 8)).isEqualTo(8);
        assertThat(ProcessorThreads.choose(OptionalInt.of(3), () -> 8)).isEqualTo(3);
        assertThat(ProcessorThreads.physicalCores())
                .isBetween(1, Runtime.getRuntime().availableProcessors());
    }

    @Test
    void nativesAreNamedAfterSystemAndProcessor() {
        assertThat(EngineNatives.platform("Linux", "amd64")).contains("linux-x64");
        assertThat(EngineNatives.platform("Linux", "aarch64")).contains("linux-arm64");
        assertThat(EngineNatives.platform("Mac OS X", "aarch64")).contains("mac-arm64-metal");
        assertThat(EngineNatives.platform("Mac OS X", "x86_64")).contains("mac-x64");
        assertThat(EngineNatives.platform("Windows 11", "amd64")).contains("win-x64");
        assertThat(EngineNatives.platform("Windows 11", "aarch64")).contains("win-arm64");
        assertThat(EngineNatives.platform("Linux", "riscv64")).isEmpty();
        assertThat(EngineNatives.platform("Plan 9", "amd64")).isEmpty();
    }

    @Test
    void nativesAreFoundInTheInstallationOrWhereAPropertySays() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("os.name", "Linux");
        properties.setProperty("os.arch", "amd64");
        properties.setProperty("peerllm.home", folder.toString());
        Path natives = folder.resolve("installer/engine/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64");

        assertThatThrownBy(() -> EngineNatives.locate(properties))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(natives.toString())
                .hasMessageContaining("./peerllm");
        Files.createDirectories(natives);
        assertThat(EngineNatives.locate(properties)).isEqualTo(natives);
        Path chosen = folder.resolve("installer/engine/gpu/chosen");
        Files.createDirectories(chosen.getParent());
        Files.writeString(chosen, "vulkan\n");
        assertThatThrownBy(() -> EngineNatives.locate(properties)).hasMessageContaining("linux-x64-vulkan");
        Path vulkan = folder.resolve(
                "installer/engine/gpu/vulkan/node_modules/@node-llama-cpp/linux-x64-vulkan/bins/linux-x64-vulkan");
        Files.createDirectories(vulkan);
        assertThat(EngineNatives.locate(properties)).isEqualTo(vulkan);
        Files.createFile(vulkan.resolve("libllama-common.so"));
        Files.createFile(vulkan.resolve("libllama.vulkan.v0.5.0.so"));
        assertThat(EngineNatives.release(vulkan)).isEqualTo("vulkan.v0.5.0");
        properties.setProperty("peerllm.natives", folder.toString());
        assertThat(EngineNatives.locate(properties)).isEqualTo(folder);
    }

    @Test
    void anExitCodeOfASignalIsToldAsTheSignal() {
        assertThat(WorkerProcess.ending(137)).isEqualTo("it was ended by signal 9");
        assertThat(WorkerProcess.ending(70)).isEqualTo("it ended with code 70");
    }

    @Test
    void theWorkerRunsOnThisProgramsRuntimeAndClasses() {
        List<String> command = WorkerCommand.of(System.getProperties(), 4711);

        assertThat(command.getFirst()).startsWith(System.getProperty("java.home"));
        assertThat(command).contains(System.getProperty("java.class.path")).endsWith(WorkerCommand.MAIN_CLASS, "4711");
        assertThat(command).contains("-XX:+SuppressFatalErrorMessage");
    }

    @Test
    void promptsDoNotShowThemselves() {
        for (Prompt prompt :
                List.of(new Prompt.Chat("secret"), new Prompt.Text("secret"), new Prompt.Tokens(List.of(4711)))) {
            assertThat(prompt.toString()).doesNotContain("secret").doesNotContain("4711");
            assertThat(GenerationRequest.of(prompt).stoppingAt("secret").toString())
                    .doesNotContain("secret");
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Sampling.of(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sampling.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GenerationRequest.of(new Prompt.Text("")).atMost(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GenerationRequest.of(new Prompt.Text("")).stoppingAt(""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EngineOptions.of(folder, folder).withSlots(0, 100))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theThreadsOfAllModelsTogetherStayWithinTheBudget() {
        assertThat(ThreadShares.each(7, 1)).isEqualTo(7);
        assertThat(ThreadShares.each(7, 2)).isEqualTo(3);
        assertThat(ThreadShares.each(7, 9)).isEqualTo(1);
    }

    @Test
    void loadingOnAGpuFallsBackToHalfTheLayersAndThenToNone() {
        LayerFallback fallback = new LayerFallback(24);

        assertThat(fallback.stepDown("out of memory")).isTrue();
        assertThat(fallback.layers()).isEqualTo(12);
        assertThat(fallback.stepDown("out of memory again")).isTrue();
        assertThat(fallback.layers()).isZero();
        assertThat(fallback.stepDown("the CPU cannot either")).isFalse();
        assertThat(fallback.reasons())
                .containsExactly(
                        "Loading with 24 layers on the GPU failed (out of memory); trying 12 layers.",
                        "Loading with 12 layers on the GPU failed (out of memory again); trying the CPU alone.");
        assertThat(LayerFallback.below(-1, -1)).hasValue(0);
        assertThat(LayerFallback.below(1, 1)).hasValue(0);
        assertThat(LayerFallback.below(0, 0)).isEmpty();
    }
}
