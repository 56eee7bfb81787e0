package com.peerllm.host.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.IdentityFile;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.shared.identity.PeerIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves this computer when somebody asks for help, and what does not. */
class SupportBundleTest {
    private static final String PROMPT = "tell me about my divorce";
    private static final String API_KEY = "pllm_0123456789ab_" + "Ab3_".repeat(10) + "xyz";

    @TempDir
    Path home;

    private final Properties properties = new Properties();
    private AppFolders folders;
    private PeerIdentity identity;

    private Map<String, String> bundle(HostSettings settings, Optional<Doctor.Report> doctor) throws IOException {
        properties.setProperty("user.home", home.toString());
        properties.setProperty("user.name", "anna.example");
        properties.setProperty("java.version", "25.0.3");
        Path zip = home.resolve("bundle.zip");
        new SupportBundle(folders, properties, Map.of("HOSTNAME", "annas-laptop"))
                .write(zip, new SupportBundle.Facts("1.2.3", Instant.EPOCH, settings, doctor));
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipFile opened = new ZipFile(zip.toFile())) {
            for (var entry : opened.stream().toList())
                files.put(
                        entry.getName(),
                        new String(opened.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
        }
        return files;
    }

    @Test
    void holdsNoKeyNoPromptNoNameAndNoHome() throws IOException {
        folders = new AppFolders(home.resolve(".local/share/peerllm"));
        identity = IdentityFile.readOrCreate(folders.identityKey());
        Files.createDirectories(folders.logs());
        // A chat as it could lie in the database, and keys where they are kept.
        Files.writeString(folders.data().resolve("host.mv.db"), PROMPT);
        Files.writeString(folders.networkKey(), API_KEY);
        Files.writeString(folders.localApiKey(), "local-" + API_KEY);
        Files.writeString(
                folders.logs().resolve("host.log"),
                "2026-11-22T10:00:00.000Z ERROR a - [AB12-CD34-EF56] Cannot read " + home
                        + "/secret plans/model.gguf of anna.example@mail.example\n"
                        + "\tat " + folders.data() + " on ANNAS-LAPTOP with " + API_KEY + "\n"
                        + identity.secretText() + "\n");
        Files.writeString(
                folders.status(),
                "{\"sentence\":\"Serving.\",\"pseudonym\":\"quiet-otter\",\"earnings\":{\"total\":5},\"apiKey\":\""
                        + API_KEY + "\"}");
        HostSettings settings = HostSettings.DEFAULTS
                .edit()
                .orchestrator(Optional.of("wss://peers.example"))
                .modelsFolder(Optional.of(home.resolve("models").toString()))
                .done()
                .met("wss://peers.example", new MetOrchestrator("peers", identity.publicKey(), 1));
        Doctor.Report report = new Doctor.Report(
                Finding.Verdict.OK,
                List.of(Finding.ok("folder", "The data folder " + folders.data() + " can be written.")));

        Map<String, String> files = bundle(settings, Optional.of(report));

        assertThat(files.keySet())
                .containsExactly(
                        "peerllm-support/README.txt",
                        "peerllm-support/versions.json",
                        "peerllm-support/settings.json",
                        "peerllm-support/status.json",
                        "peerllm-support/doctor.json",
                        "peerllm-support/log.txt");
        String all = String.join("\n", files.values());
        assertThat(all)
                .contains("1.2.3", "25.0.3", "wss://peers.example", "Serving.", "AB12-CD34-EF56", "<data>", "~/models")
                .doesNotContain(home.toString())
                .doesNotContainIgnoringCase("annas-laptop")
                .doesNotContainIgnoringCase("anna.example")
                .doesNotContain(PROMPT, API_KEY, "mail.example", "metOrchestrators", "earnings", "apiKey")
                .doesNotContain(identity.publicKey().toString());
        for (String part : identity.secretText().split(" ")) {
            if (part.length() >= 40) assertThat(all).doesNotContain(part);
        }
    }

    @Test
    void aFolderWithNothingGivesABundleToo() throws IOException {
        folders = new AppFolders(home.resolve("none"));
        assertThat(bundle(HostSettings.DEFAULTS, Optional.empty()).keySet())
                .containsExactly(
                        "peerllm-support/README.txt",
                        "peerllm-support/versions.json",
                        "peerllm-support/settings.json",
                        "peerllm-support/log.txt");
        assertThat(folders.data()).doesNotExist();
    }

    @Test
    void pathsOfWindowsAreTakenOutAlsoWhereJsonDoublesTheirBackslashes() {
        Properties windows = new Properties();
        windows.setProperty("user.home", "C:\\Users\\Bob Ross");
        windows.setProperty("user.name", "bross");
        Redaction redaction = new Redaction(windows, Map.of(), Path.of("/data"));
        assertThat(redaction.of(
                        "\"C:\\\\Users\\\\Bob Ross\\\\m.gguf\" C:\\Users\\Bob Ross\\x C:/Users/Bob Ross/y bross"))
                .isEqualTo("\"~\\\\m.gguf\" ~\\x ~/y <name>");
    }

    @Test
    void ordinaryWordsStay() {
        properties.setProperty("user.name", "ann");
        Redaction redaction = new Redaction(properties, Map.of(), Path.of("/data"));
        String line =
                "The planner cannot plan job_0123456789abcdef0123456789abcdef at com.peerllm.host.Host.start(Host.java:5)";
        assertThat(redaction.of(line)).isEqualTo(line);
    }
}
