package com.peerllm.orchestrator.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultIsPublishedWithWhatItMeans(Fault fault) throws IOException {
        String meaning = fault.meaning().name().toLowerCase(Locale.ROOT);
        assertThat(Files.readAllLines(Path.of("..", "docs", "reputation.md")))
                .anyMatch(line ->
                        line.startsWith("| `" + fault.evidenceName() + "` |") && line.endsWith("| " + meaning + " |"));
    }
}
