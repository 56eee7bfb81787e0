package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script says what is missing and what to do; run as a copy in an empty folder with a PATH of the test's own. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class LauncherTest {
    private static final List<String> TOOLS =
            List.of("sh", "dirname", "sed", "cmp", "mktemp", "cp", "mv", "rm", "head", "find", "cat", "mkdir");

    @TempDir
    private Path folder;

    private Path script;

    @BeforeEach
    void copyTheScript() throws IOException {
        Path home = Path.of(System.getProperty("peerllm.home"));
        script = Files.copy(home.resolve("peerllm"), folder.resolve("peerllm"));
        Files.copy(home.resolve("pom.xml"), folder.resolve("pom.xml"));
        Path natives = Files.createDirectories(folder.resolve("installer/engine"));
        Files.copy(home.resolve("installer/engine/package.json"), natives.resolve("package.json"));
        Files.copy(home.resolve("installer/engine/package-lock.json"), natives.resolve("package-lock.json"));
        Path tools = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path real = Path.of(place, tool);
                if (Files.exists(real) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), real);
                }
            }
        }
    }

    @Test
    void tellsWhatItCanDoAndItsVersion() throws Exception {
        assertThat(run("--help").printed()).contains("demo", "test", "orchestrator", "host", "desktop", "verify");
        assertThat(run().code()).isZero();
        assertThat(run("--version").printed()).matches("peerllm [0-9.]+\\R");
    }

    @Test
    void refusesACommandThatIsNone() throws Exception {
        Result result = run("dance");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.printed()).contains("there is no command 'dance'");
    }

    @Test
    void saysWhichJdkItNeeds() throws Exception {
        Files.writeString(script, Files.readString(script).replace("min_jdk=25", "min_jdk=999"));
        Result result = run("host", "check");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.printed()).contains("no JDK 999 or newer found", "JAVA_HOME");
    }

    @Test
    void saysThatNpmIsMissing() throws Exception {
        Result result = run("host", "check");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.printed()).contains("'npm' is not installed", "Node.js");
    }

    @Test
    void saysThatTheNativesCouldNotBeFetched() throws Exception {
        Path npm = Files.writeString(
                folder.resolve("bin/npm"), "#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\nexit 1\n");
        assertThat(npm.toFile().setExecutable(true)).isTrue();
        Result result = run("host", "check");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.printed()).contains("ENOTFOUND", "could not be fetched", "network");
        assertThat(folder.resolve("installer/engine/node_modules/.peerllm-lock"))
                .doesNotExist();
    }

    private record Result(int code, String printed) {}

    private Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new java.util.ArrayList<>(List.of(folder.resolve("bin/sh").toString(), script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", folder.resolve("bin").toString());
        environment.put("HOME", folder.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), printed);
    }
}
