package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.process.Child;
import com.peerllm.endtoend.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The orchestrator's archive as an operator has it: unpacked into a folder, configured, started, upgraded. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class OrchestratorArchiveTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("Listening on (http://\\S+) as test-network");
    /** No Java is on it. */
    private static final String TOOLS_ONLY = "/nowhere";

    @TempDir
    private Path folder;

    private Path program;
    private Path script;
    private final List<Child> started = new ArrayList<>();

    @BeforeEach
    void unpack() throws IOException {
        program = Files.createDirectories(folder.resolve("opt/peerllm orchestrator"));
        script = program.resolve("bin/peerllm-orchestrator");
        unpackOver();
    }

    @AfterEach
    void stopAll() {
        started.forEach(child -> child.stop(Duration.ofSeconds(10)));
    }

    @Test
    void itRunsFromAnyFolderWithTheRuntimeBesideItAndAnUpgradeKeepsEverything() throws IOException {
        Files.createSymbolicLink(program.resolve("runtime"), Path.of(System.getProperty("java.home")));
        Path configuration =
                Files.writeString(program.resolve("etc/orchestrator.conf"), """
                # as an operator writes it
                --port 0
                --name test-network
                --data "%s"
                """.formatted(folder.resolve("my data")));
        Path link = Files.createSymbolicLink(folder.resolve("peerllm-orchestrator"), script);

        Child first = start(link);
        try (OpenAiClient anyone = new OpenAiClient(url(first), "none")) {
            assertThat(anyone.get("/healthz").status()).isEqualTo(200);
            assertThat(anyone.get("/readyz").json().path("ready").asBoolean()).isTrue();
            assertThat(anyone.get("/prices/no-such-model").errorCode()).isEqualTo("model_not_found");
            assertThat(anyone.get("/ledger/explorer").body()).contains("<html");
        }
        run("account", "create", "ann", "--credits", "5").outputOrThrow();
        assertThat(run("health").outputOrThrow()).contains("\"ready\":true");
        stopInOrder(first);

        // What an older version had and this one has not is in the way of nothing.
        Files.writeString(program.resolve("lib/h2-0.0.1.jar"), "an older library");
        unpackOver();
        assertThat(configuration).content().contains("as an operator writes it");

        Child second = start(link);
        url(second);
        assertThat(run("ledger", "balances").outputOrThrow()).contains("$5.000000000  held $0.000000000  consumer:ann");
        stopInOrder(second);
    }

    @Test
    void itSaysWhichJavaIsMissing() throws IOException {
        Files.writeString(script, Files.readString(script).replace("min_java=25", "min_java=999"));

        Path unknown = folder.resolve("a Java that says nothing of itself");
        Files.createDirectories(unknown.resolve("bin"));
        assertThat(Files.createFile(unknown.resolve("bin/java")).toFile().setExecutable(true))
                .isTrue();

        CommandResult refused = CommandResult.of(
                List.of(script.toString(), "--version"), folder, Map.of("JAVA_HOME", unknown.toString()), PATIENCE);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.error())
                .contains("no Java runtime 999 or newer found", "JAVA_HOME", program.resolve("runtime") + "");
    }

    @Test
    void aFileOfOptionsThatIsNotThereIsNamed() {
        CommandResult refused = CommandResult.of(
                List.of(script.toString(), "--version"),
                folder,
                Map.of("PEERLLM_ORCHESTRATOR_CONFIG", "/no/such/file"),
                PATIENCE);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.error()).contains("/no/such/file", "cannot be read");
    }

    @Test
    void aCollectorThatIsAskedForTakesThePlaceOfTheUsualOne() {
        CommandResult version = CommandResult.of(
                List.of(script.toString(), "--version"),
                folder,
                Map.of(
                        "PEERLLM_JAVA_OPTIONS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseParallelGC",
                        "JAVA_HOME",
                        System.getProperty("java.home")),
                PATIENCE);

        assertThat(version.outputOrThrow()).matches("peerllm-orchestrator [0-9.]+\\R");
    }

    @Test
    void eachLibraryHasItsLicence() throws IOException {
        String list = Files.readString(program.resolve("licences/THIRD-PARTY.txt"));
        try (Stream<Path> jars = Files.list(program.resolve("lib"))) {
            List<String> libraries = jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> !name.matches("(orchestrator-server|peerllm-orchestrator|shared-model.*)\\.jar"))
                    .toList();
            assertThat(libraries).hasSizeGreaterThan(40).allSatisfy(name -> {
                String artifact = name.substring(0, name.lastIndexOf(".jar")).replaceFirst("-(\\d)", ":$1");
                assertThat(list).contains(artifact);
            });
        }
        assertThat(program.resolve("LICENSE")).isNotEmptyFile();
    }

    private void unpackOver() throws IOException {
        Path home = Path.of(System.getProperty("peerllm.home"));
        Path archive;
        try (Stream<Path> files = Files.list(home.resolve("orchestrator-server/target"))) {
            archive = files.filter(
                            file -> file.getFileName().toString().matches("peerllm-orchestrator-[0-9.]+\\.tar\\.gz"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow();
        }
        CommandResult.of(
                        List.of("tar", "-xzf", archive.toString(), "-C", program.toString(), "--strip-components=1"),
                        folder,
                        Map.of(),
                        PATIENCE)
                .outputOrThrow();
    }

    private Child start(Path command) {
        Child child = Child.start(
                "orchestrator",
                List.of(command.toString()),
                folder,
                environment(),
                folder.resolve("log-" + started.size()));
        started.add(child);
        return child;
    }

    private static String url(Child orchestrator) {
        return orchestrator.awaitLine(LISTENING, PATIENCE).group(1);
    }

    private static void stopInOrder(Child orchestrator) {
        orchestrator.askToStop();
        assertThat(orchestrator.awaitExit(PATIENCE)).isEqualTo(143);
    }

    private CommandResult run(String... words) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        return CommandResult.of(command, folder, environment(), PATIENCE);
    }

    private static Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME", TOOLS_ONLY, "PEERLLM_JAVA_OPTIONS", "-Xmx256m -XX:TieredStopAtLevel=1 -XX:-UsePerfData");
    }
}
