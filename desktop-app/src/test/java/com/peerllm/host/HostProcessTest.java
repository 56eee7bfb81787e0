package com.peerllm.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.session.TestOrchestrator;
import com.peerllm.shared.wire.FromHost;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, as its launcher starts it and the operating system ends it. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM to send")
class HostProcessTest {
    @TempDir
    Path folder;

    @Test
    void servesUntilItIsAskedToEndAndLeavesNothingRunning() throws Exception {
        try (TestOrchestrator orchestrator = new TestOrchestrator()) {
            Process host = start(
                    "start",
                    "--data",
                    folder.toString(),
                    "--orchestrator",
                    orchestrator.address().text(),
                    "--price",
                    "sprout-1.4m-q8_0=0.40/1.20");
            try {
                BufferedReader said =
                        new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8));
                readUntil(said, "serving sprout-1.4m-q8_0 with 8 slots.");
                List<ProcessHandle> workers = host.descendants().toList();
                assertThat(workers).isNotEmpty();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> run("status", "--data", folder.toString()).contains("Connected to test-net as "));
                assertThat(run("status", "--data", folder.toString()))
                        .contains(
                                "sprout-1.4m-q8_0: ready, asks $0.400000000 for a million prompt tokens and $1.200000000");
                long asked = System.nanoTime();

                host.destroy();

                assertThat(host.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(8));
                assertThat(host.exitValue()).isZero();
                assertThat(orchestrator.next(FromHost.Draining.class)).isNotNull();
                for (ProcessHandle worker : workers) Awaitility.await().until(() -> !worker.isAlive());
                assertThat(folder.resolve("status.json")).doesNotExist();
                assertThat(folder.resolve("logs/host.log")).isNotEmptyFile();
            } finally {
                host.destroyForcibly();
            }
        }
    }

    @Test
    void runsInTheBackgroundUntilItIsToldToStop() throws Exception {
        try (TestOrchestrator orchestrator = new TestOrchestrator()) {
            String data = folder.toString();
            String started = run(
                    "start",
                    "--detach",
                    "--data",
                    data,
                    "--orchestrator",
                    orchestrator.address().text());
            assertThat(started).startsWith("A host runs in the background as process ");
            long pid = Long.parseLong(started.replaceAll("\\D+", " ").strip());
            try {
                assertThat(run("start", "--detach", "--data", data))
                        .as("a second one is refused on the other stream")
                        .isEmpty();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> run("status", "--data", data).contains("Connected to test-net as "));

                assertThat(run("stop", "--data", data)).isEqualTo("The host has ended.\n");

                assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
                assertThat(run("stop", "--data", data)).isEqualTo("No host runs here.\n");
            } finally {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static void readUntil(BufferedReader said, String ending) throws Exception {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.endsWith(ending)) return;
        }
        throw new AssertionError("The host ended before it said: " + ending);
    }

    private String run(String... arguments) throws Exception {
        Process command = start(arguments);
        return new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Dpeerllm.home=" + System.getProperty("peerllm.home"),
                "-cp",
                System.getProperty("java.class.path"),
                HostMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(
                        folder.resolveSibling(folder.getFileName() + ".err").toFile())
                .start();
    }
}
