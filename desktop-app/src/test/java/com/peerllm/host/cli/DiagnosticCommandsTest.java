package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.platform.AppFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipFile;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class DiagnosticCommandsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();
    private Path log;

    @BeforeEach
    void writeALog() throws IOException {
        Files.createDirectories(new AppFolders(folder).logs());
        log = Files.writeString(
                new AppFolders(folder).logs().resolve("host.log"),
                "2026-11-22T10:00:00.000Z INFO  c.p.host.Host - It began\n"
                        + "2026-11-22T10:00:01.000Z ERROR c.p.host.Host - [AB12-CD34-EF56] Cannot write\n"
                        + "java.io.IOException: No space left on device\n");
    }

    private Terminal.Said type(String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--data";
        all[words.length + 1] = folder.toString();
        return terminal.type(all);
    }

    @Test
    void theDoctorChecksEverythingAndTheStarterModelAnswers() throws IOException {
        try (MockWebServer orchestrator = new MockWebServer()) {
            orchestrator.enqueue(new MockResponse.Builder()
                    .addHeader("Date", "Sun, 22 Nov 1998 10:00:20 GMT")
                    .build());
            orchestrator.start();
            Files.writeString(
                    new AppFolders(folder).settings(),
                    "{\"orchestrator\":\"ws://127.0.0.1:" + orchestrator.getPort() + "\"}");
            Terminal.Said said = type("doctor", "--json");
            JsonNode report = JSON.readTree(said.out());
            assertThat(report.get("findings").findValuesAsString("check"))
                    .containsExactly(
                            "java",
                            "engine",
                            "memory",
                            "folder",
                            "disk",
                            "database",
                            "settings",
                            "network",
                            "clock",
                            "port",
                            "sensors",
                            "answer");
            assertThat(verdict(report, "answer")).isEqualTo("OK");
            assertThat(verdict(report, "engine")).isEqualTo("OK");
            assertThat(verdict(report, "network")).isEqualTo("OK");
            assertThat(verdict(report, "clock")).isEqualTo("FAIL");
            assertThat(said.code()).isEqualTo(ExitCode.NOT_HEALTHY.number());
        }
    }

    private static String verdict(JsonNode report, String check) {
        for (JsonNode finding : report.get("findings"))
            if (finding.get("check").asString().equals(check))
                return finding.get("verdict").asString();
        return "none";
    }

    @Test
    void logsAreReadWithoutDisturbingARunningHost() {
        Terminal.Said all = type("logs", "--day", "2026-11-22");
        assertThat(all.err()).isEmpty();
        assertThat(all.out()).contains("It began", "[AB12-CD34-EF56] Cannot write", "-> Free disk space");
        Terminal.Said errors = type("logs", "--day", "2026-11-22", "--level", "error", "--json");
        assertThat(errors.out().lines()).hasSize(1);
        assertThat(JSON.readTree(errors.out()).get("code").asString()).isEqualTo("AB12-CD34-EF56");
        assertThat(type("logs", "--day", "2026-11-22", "--word", "BEGAN").out().lines())
                .hasSize(1);
        assertThat(type("logs", "--level", "loud").code()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void followingGoesOnUntilItIsStopped() throws Exception {
        CompletableFuture<Terminal.Said> said =
                CompletableFuture.supplyAsync(() -> type("logs", "--day", "2026-11-22", "--follow", "--most", "0"));
        // The follower begins at the end: what is written before it looked is not news.
        await().pollDelay(java.time.Duration.ofMillis(200)).until(() -> true);
        Files.writeString(log, "2026-11-22T10:00:02.000Z INFO  a - It went on\n", StandardOpenOption.APPEND);
        await().pollDelay(java.time.Duration.ofMillis(700)).until(() -> true);
        terminal.stop.make();
        assertThat(said.get().out()).contains("It went on").doesNotContain("It began");
    }

    @Test
    void aSupportBundleIsWritten() throws IOException {
        Path zip = folder.resolve("help.zip");
        Terminal.Said said = terminal.type("logs", "bundle", zip.toString(), "--data", folder.toString());
        assertThat(said.err()).isEmpty();
        try (ZipFile opened = new ZipFile(zip.toFile())) {
            assertThat(opened.getEntry("peerllm-support/log.txt").getSize()).isPositive();
        }
    }

    @Test
    void theServicesFileIsPrintedAndNothingIsInstalled() {
        terminal.properties.setProperty("user.home", folder.toString());
        Terminal.Said said = type("service", "install", "--print");
        assertThat(said.out()).contains("[Service]", "HostMain start --data " + folder);
        assertThat(type("service", "install", "--print", "--system").out()).contains("DynamicUser=yes");
        assertThat(folder.resolve(".config")).doesNotExist();
        assertThat(type("service", "status").out()).contains("Not installed.");
        assertThat(type("service", "status").code()).isEqualTo(ExitCode.NOT_RUNNING.number());
        assertThat(type("service", "uninstall").out()).contains("It is not installed.");
        terminal.properties.setProperty("os.name", "Mac OS X");
        assertThat(type("service", "install", "--print").out()).contains("com.peerllm.host");
        assertThat(type("service", "install", "--print", "--system").code()).isEqualTo(ExitCode.USAGE.number());
        terminal.properties.setProperty("os.name", "Windows 11");
        assertThat(type("service", "install", "--print").out()).contains("LogonTrigger");
    }
}
