package com.peerllm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.engine.EngineDevice;
import com.peerllm.host.hardware.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    private static final ThreadFactory THREADS = Thread.ofVirtual().factory();
    private static final EngineDevice GPU = new EngineDevice("GPU0", "Card", EngineDevice.Kind.GPU, 8, 6);
    private static final EngineDevice CPU = new EngineDevice("CPU", "Processor", EngineDevice.Kind.CPU, 8, 6);

    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    Path natives;

    @Test
    void asksTheEngineForItsDevicesOnce() throws IOException {
        Files.createFile(natives.resolve("libggml-vulkan.so"));
        Machine machine = new Machine((folder, threads) -> {
            asked.incrementAndGet();
            return List.of(GPU, CPU);
        });

        machine.withDevices(natives, THREADS);
        assertThat(machine.withDevices(natives, THREADS).devices().value())
                .containsExactly(new ComputeDevice("Card", true, 8, 6));
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAgainAfterTheEngineDidNotRun() throws IOException {
        Files.createFile(natives.resolve("libggml-vulkan.so"));
        Machine machine = new Machine((folder, threads) -> {
            if (asked.incrementAndGet() == 1) throw new IllegalStateException("does not run");
            return List.of(GPU);
        });

        assertThatThrownBy(() -> machine.withDevices(natives, THREADS)).hasMessage("does not run");
        assertThat(machine.withDevices(natives, THREADS).devices().value()).hasSize(1);
    }

    @Test
    void doesNotAskAnEngineThatKnowsNoGpu() throws IOException {
        Files.createFile(natives.resolve("libggml-cpu.so"));
        Machine machine = new Machine((folder, threads) -> {
            throw new AssertionError("asked");
        });

        assertThat(machine.withDevices(natives, THREADS).devices().value()).isEmpty();
    }
}
