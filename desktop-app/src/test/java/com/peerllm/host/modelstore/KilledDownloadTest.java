package com.peerllm.host.modelstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KilledDownloadTest {
    @TempDir
    Path folder;

    @Test
    void aProcessThatIsKilledMidwayLosesNeitherItsListNorWhatItReceived() throws Exception {
        try (MisbehavingHub hub = new MisbehavingHub(StarterModel.bytes())) {
            Path part = folder.resolve("models/model.gguf.part");
            Process process = process(hub);
            try {
                BufferedReader said =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                while (Long.parseLong(said.readLine()) < 100_000) {}
                Awaitility.await().until(() -> PartFile.receivedBytes(folder.resolve("models/model.gguf")) > 0);
            } finally {
                process.destroyForcibly().waitFor();
            }
            long kept = PartFile.receivedBytes(folder.resolve("models/model.gguf"));
            assertThat(Files.size(part)).isGreaterThanOrEqualTo(kept);

            try (DownloadTester tester = new DownloadTester(folder)) {
                String id = tester.queue.all().get().getFirst().id();
                assertThat(tester.store.list()).isEmpty();
                tester.queue.start();

                StoredModel model = tester.untilDone(id);

                assertThat(model.digest()).isEqualTo(hub.digest());
                assertThat(model.path()).hasBinaryContent(hub.content());
                assertThat(hub.asked.get(1).range()).contains("bytes=" + kept + "-");
            }
        }
    }

    private Process process(MisbehavingHub hub) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DownloadingProgram.class.getName(),
                        folder.toString(),
                        hub.address("model.gguf").toString(),
                        hub.digest().hex())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
