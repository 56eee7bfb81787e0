package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.endtoend.client.ChatRequest;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.process.Child;
import com.peerllm.endtoend.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code peerllm demo}, run as a person runs it. */
class DemoTest {
    @TempDir
    private Path folder;

    @Test
    void showsTheAnswersAndMoneyThatAddsUpAndLeavesNothingBehind() throws IOException {
        CommandResult result = CommandResult.of(demo(), folder, Map.of(), Duration.ofSeconds(120));

        assertThat(result.exitCode()).as(result.error()).isZero();
        assertThat(result.error()).isEmpty();
        assertThat(unwrapped(result.output()))
                .contains("PeerLLM is a network of ordinary computers")
                .contains(Sprout.STORY.answer())
                .containsPattern(
                        "[a-z]+-[a-z]+-[0-9a-f]{4} \\d+ tokens [\\d,]+ tokens/s first after \\d+ ms \\$0\\.\\d{9}")
                .containsPattern("consumer demo +\\$0\\.999\\d+")
                .containsPattern("sum +\\$0\\.000000000")
                .contains("audit clean: ")
                .contains("log clean: ")
                .contains("receipt holds: ")
                .doesNotContain("\u001b");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void canBeCalledWithWhatItPrintsAndDiesWithoutOrphans() {
        List<String> command = demo("--keep", "--prompt", Sprout.HELLO.prompt());
        Child demo = Child.start("demo", command, folder, Map.of(), folder.resolve("demo.log"));
        List<ProcessHandle> everyProcess = new ArrayList<>();
        try {
            demo.awaitLine(Pattern.compile("\"stream\": true"), Duration.ofSeconds(120));
            String url = demo.awaitLine(Pattern.compile("curl -N (http://\\S+)/v1/chat"), Duration.ofSeconds(5))
                    .group(1);
            String key = demo.awaitLine(Pattern.compile("Bearer (pllm_[^']+)'"), Duration.ofSeconds(5))
                    .group(1);
            try (OpenAiClient consumer = new OpenAiClient(url, key)) {
                assertThat(consumer.stream(ChatRequest.of(Sprout.MODEL, Sprout.HELLO.prompt()))
                                .rest()
                                .text())
                        .isEqualTo(Sprout.HELLO.answer());
            }
            demo.handle().descendants().forEach(everyProcess::add);
            assertThat(everyProcess)
                    .as("an orchestrator, two hosts, two engines")
                    .hasSizeGreaterThanOrEqualTo(5);

            demo.kill();

            await("every process of the network has ended")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> everyProcess.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            demo.kill();
            everyProcess.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aModelThatIsMissingIsSaidToBe() {
        CommandResult result =
                CommandResult.of(demo("--model", "nowhere.gguf"), folder, Map.of(), Duration.ofSeconds(30));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.error()).contains("nowhere.gguf").contains("--model");
    }

    /** What the launcher script runs, from the classes of this build. */
    private List<String> demo(String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Djava.io.tmpdir=" + folder,
                "-Dpeerllm.home=" + System.getProperty("peerllm.home"),
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName()));
        command.addAll(List.of(options));
        return command;
    }

    private static String unwrapped(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
