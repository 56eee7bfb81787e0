package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.admin.AdminCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup of an orchestrator that goes on working is one that another start can go on from. */
@Timeout(60)
class BackupTest {
    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    @Test
    void aCopyOfABusyOrchestratorStartsWithCleanBooksAndGoesOn() throws Exception {
        Path backup = folder.resolve("backup");
        int[] payments = {0};
        String key;
        try (TestNetwork network = new TestNetwork(data())) {
            key = network.consumer("ann", "5");
            Runnable customersGoOn = () -> payIn(network, ++payments[0]);
            customersGoOn.run();
            Backup.of(data(), backup, true, customersGoOn);
        }
        assertThat(payments[0]).isGreaterThan(5);

        try (TestNetwork restored = new TestNetwork(backup)) {
            assertThat(restored.admin(new AdminCommand.Audit()).path("clean").asBoolean())
                    .isTrue();
            await().untilAsserted(() -> assertThat(
                            restored.get("/readyz", "").json().path("log").asString())
                    .isEqualTo("ok"));
            assertThat(restored.get("/readyz", "").status()).isEqualTo(200);
            assertThat(restored.admin(new AdminCommand.CheckLog()).path("clean").asBoolean())
                    .isTrue();
            assertThat(restored.get("/v1/models", key).status()).isEqualTo(200);
            payIn(restored, payments[0] + 1);
        }
    }

    /** Returns when the published log has it. */
    private static void payIn(TestNetwork network, int number) {
        String before = checkpoint(network);
        network.consumer("customer-" + number, "0.01");
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> !checkpoint(network).equals(before));
    }

    private static String checkpoint(TestNetwork network) {
        return network.get("/log/checkpoint", "").body();
    }

    @Test
    void itIsItsOwnersOnlyAndHoldsNoH2File() throws IOException {
        CommandLineRun.of("account", "create", "ann", "--credits", "1", "--data", data().toString());
        Path backup = folder.resolve("deep/er/backup");

        CommandLineRun made = backup(backup);

        assertThat(made.out()).contains("Copied", backup.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.resolve("orchestrator.key"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(backup)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("orchestrator.key", "journal", "consumers")
                    .doesNotContain("orchestrator.mv.db", "running.json", "orchestrator.open");
        }
        assertThat(CommandLineRun.of("ledger", "audit", "--data", backup.toString())
                        .code())
                .isZero();
    }

    @Test
    void itReplacesNothing() throws IOException {
        CommandLineRun.of("account", "create", "ann", "--data", data().toString());
        Path taken = Files.createDirectory(folder.resolve("taken"));

        CommandLineRun refused = backup(taken);

        assertThat(refused.code()).isEqualTo(ExitCode.DATA_FOLDER.number);
        assertThat(refused.error()).contains(taken.toString(), "replaces nothing");
        assertThat(taken).isEmptyDirectory();
    }

    @Test
    void aJournalThatIsDamagedIsNotCalledABackup() throws IOException {
        for (String name : new String[] {"ann", "ben"}) {
            CommandLineRun.of("account", "create", name, "--data", data().toString());
        }
        Path journal;
        try (Stream<Path> files = Files.list(data().resolve("journal"))) {
            journal = files.findFirst().orElseThrow();
        }
        byte[] content = Files.readAllBytes(journal);
        content[10] ^= 1;
        Files.write(journal, content);

        CommandLineRun refused = backup(folder.resolve("backup"));

        assertThat(refused.code()).isEqualTo(ExitCode.DATABASE.number);
        assertThat(refused.error()).contains("damaged");
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    @Test
    void whereThereIsNoOrchestratorThereIsNothingToCopy() {
        CommandLineRun refused = backup(folder.resolve("backup"));

        assertThat(refused.code()).isEqualTo(ExitCode.DATA_FOLDER.number);
        assertThat(refused.error()).contains("--data");
    }

    private CommandLineRun backup(Path to) {
        return CommandLineRun.of("--data", data().toString(), "backup", to.toString());
    }
}
