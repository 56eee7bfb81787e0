package com.peerllm.host.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class HardwareReaderTest {
    private final HardwareReader reader = new HardwareReader();

    @Test
    void readsThisComputerWithASourceForEachFigure() {
        HardwareProfile machine = reader.read();

        assertThat(machine.physicalCores().value())
                .isBetween(1, machine.logicalCores().value());
        assertThat(machine.logicalCores().value())
                .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(machine.availableMemoryBytes().value())
                .isBetween(1L << 20, machine.totalMemoryBytes().value());
        assertThat(List.of(
                        machine.cpu().source(),
                        machine.totalMemoryBytes().source(),
                        machine.availableMemoryBytes().source()))
                .allSatisfy(source -> assertThat(source).isNotBlank());
    }

    @Test
    void theSentenceNamesTheMachinesPartsAndNeverTheMachine() throws Exception {
        String sentence = reader.read().sentence();

        assertThat(sentence).contains("core").contains("GB memory");
        assertThat(sentence)
                .doesNotContain(InetAddress.getLocalHost().getHostName())
                .doesNotContain(System.getProperty("user.home"));
    }

    @Test
    void aGpuIsNamedWithTheMemoryOfItsOwn() {
        HardwareProfile machine = new HardwareProfile(
                        new Sourced<>("AMD Ryzen 7 5800X", "OSHI"),
                        new Sourced<>(8, "OSHI"),
                        new Sourced<>(16, "OSHI"),
                        new Sourced<>(32_000_000_000L, "OSHI"),
                        new Sourced<>(20_000_000_000L, "OSHI"),
                        new Sourced<>("Windows", "OSHI"),
                        new Sourced<>(List.of(), "not asked"))
                .withDevices(
                        List.of(
                                new ComputeDevice("NVIDIA RTX 3060", true, 12_000_000_000L, 11_000_000_000L),
                                new ComputeDevice("Radeon Graphics", false, 16_000_000_000L, 16_000_000_000L)),
                        "llama.cpp");

        assertThat(machine.sentence())
                .isEqualTo("8 cores (AMD Ryzen 7 5800X), 32 GB memory, NVIDIA RTX 3060 with 12 GB, Radeon Graphics,"
                        + " Windows.");
    }
}
