package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are files that only their owner reads, and commitments are what the documents say. */
class SecretFolderTest {
    private static final AccountId BOB = new AccountId("consumer:bob");

    @TempDir
    Path temporary;

    private Path folder;
    private final AtomicBoolean full = new AtomicBoolean();
    private SecretFolder secrets;

    @BeforeEach
    void open() {
        folder = temporary.resolve("consumers");
        secrets = reopened();
    }

    private SecretFolder reopened() {
        return new SecretFolder(
                new SecretFiles(folder, file -> {
                    if (full.get()) throw new IOException("No space left on device");
                    return SecretFiles.REAL.open(file);
                }),
                new SecureRandom());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @Test
    void aCommitmentIsWhatTheContractSays() throws Exception {
        secrets.prepare(ALICE);
        String text = Files.readString(files().getFirst()).strip();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(text.substring(0, 64)), "HmacSHA256"));
        String salt = HexFormat.of().formatHex(mac.doFinal("job_1".getBytes(StandardCharsets.UTF_8)));
        String opened = "peerllm consumer v1\n" + salt + "\nconsumer:alice\njob_1";

        assertThat(secrets.salt(ALICE, "job_1")).contains(salt);
        assertThat(secrets.commitment(ALICE, "job_1"))
                .isEqualTo(HexFormat.of().formatHex(Sha256.of(opened.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(reopened().commitment(ALICE, "job_1"))
                .isNotEqualTo(secrets.commitment(ALICE, "job_2"))
                .isNotEqualTo(secrets.commitment(BOB, "job_1"));
        assertThat(secrets.salt(AccountKind.promoOf(ALICE), "job_1"))
                .as("gifts share the consumer's secret")
                .contains(salt);
        assertThat(secrets.commitment(AccountKind.promoOf(ALICE), "job_1"))
                .isNotEqualTo(secrets.commitment(ALICE, "job_1"));
    }

    @Test
    void onlyTheOwnerReadsTheFiles() throws IOException {
        secrets.prepare(ALICE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(files()).singleElement().satisfies(file -> {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(file.getFileName().toString()).doesNotContain("alice").hasSize(64);
        });
    }

    @Test
    void anErasedSecretIsGoneForGoodAndItsOwnerMayBeginAnew() throws IOException {
        String before = secrets.commitment(ALICE, "job_1");
        secrets.erase(ALICE);
        secrets.erase(ALICE);
        assertThat(files()).allSatisfy(file -> assertThat(file).isEmptyFile());
        assertThat(secrets.salt(ALICE, "job_1")).isEmpty();
        assertThat(reopened().salt(ALICE, "job_1")).isEmpty();
        assertThat(secrets.commitment(ALICE, "job_1"))
                .hasSize(64)
                .isNotEqualTo(before)
                .isNotEqualTo(secrets.commitment(ALICE, "job_1"));

        secrets.prepare(ALICE);
        assertThat(secrets.salt(ALICE, "job_1")).isPresent();
        assertThat(secrets.commitment(ALICE, "job_1"))
                .isNotEqualTo(before)
                .isEqualTo(reopened().commitment(ALICE, "job_1"));
    }

    @Test
    void aFullDiskRefusesNewSecretsAndLosesNone() throws IOException {
        String before = secrets.commitment(ALICE, "job_1");
        full.set(true);
        assertThatThrownBy(() -> secrets.prepare(BOB))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining(folder.toString());
        assertThat(secrets.trouble(BOB)).isPresent();
        assertThat(secrets.trouble(ALICE)).isEmpty();
        assertThat(secrets.commitment(BOB, "job_1")).as("nobody can open it").hasSize(64);
        assertThat(reopened().commitment(ALICE, "job_1")).isEqualTo(before);
        assertThat(files()).hasSize(1);

        full.set(false);
        secrets.retry();
        assertThat(secrets.trouble(BOB)).isEmpty();
        assertThat(secrets.commitment(BOB, "job_1")).isEqualTo(secrets.commitment(BOB, "job_1"));
    }

    @Test
    void everyDamagedByteOfAFileIsNoticedAndTheFileNamed() throws IOException {
        secrets.prepare(ALICE);
        Path file = files().getFirst();
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length - 1; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file, bad);
            assertThatThrownBy(() -> reopened().prepare(ALICE))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("is damaged");
        }
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> reopened().prepare(ALICE)).hasMessageContaining("is damaged");
        assertThat(files()).as("a damaged file is never replaced").containsExactly(file);
    }

    @Test
    void memoryIsBounded() {
        SecretFolder many = new SecretFolder(
                new SecretFiles(folder, file -> {
                    throw new IOException("No space left on device");
                }),
                new SecureRandom());
        for (int i = 0; i < 2_000; i++) many.commitment(AccountId.of("consumer", "c" + i), "x");
        assertThat(many.remembered()).isZero();
        assertThat(many.troubles()).isEqualTo(1_000);
    }

    /** The ledger goes on: see also the ledger's own tests of a disk that is full. */
    @Test
    void jobsOfADamagedConsumerArePaidAndItsNextOnesRefused() throws IOException {
        try (TestLedger test = TestLedger.with(temporary.resolve("ledger"), secrets)) {
            test.with(ALICE, new com.peerllm.shared.money.Credits(10_000_000));
            Path file = files().getFirst();
            byte[] good = Files.readAllBytes(file);
            secrets = reopened();
            Files.write(file, new byte[] {1});
        }
        try (TestLedger test = TestLedger.with(temporary.resolve("ledger"), secrets)) {
            var million = new com.peerllm.shared.money.Credits(1_000_000);
            assertThat(test.ledger.hold(TestLedger.job(1), ALICE, million)).isInstanceOf(HoldDecision.Held.class);
            Settlement.Done done =
                    TestLedger.now(test.ledger.settle(TestLedger.settlement(TestLedger.job(1), 20, 200)));
            assertThat(done.receipts().getFirst().consumer()).isPresent();
            assertThat(test.ledger.hold(TestLedger.job(2), ALICE, million))
                    .isInstanceOfSatisfying(
                            HoldDecision.Unavailable.class,
                            why -> assertThat(why.reason()).contains("is damaged"));
            Files.delete(folder.resolve(files().getFirst().getFileName()));
            org.awaitility.Awaitility.await()
                    .until(() -> test.ledger.hold(TestLedger.job(2), ALICE, million) instanceof HoldDecision.Held);
        }
    }
}
