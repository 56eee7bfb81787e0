package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.ApiKeyStore.ApiKeyRow;
import com.peerllm.orchestrator.storage.ModelCatalogStore.ModelRow;
import com.peerllm.orchestrator.storage.StorageException;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A bit that flips on the disk is named by the start or by the audit, or does no harm: no balance and no receipt is ever
 * wrong in silence. {@code -Dpeerllm.flips=N} flips more.
 */
class BitFlipTest {
    private static final int FLIPS = Integer.getInteger("peerllm.flips", 24);
    private static final int JOBS = 12;

    @TempDir
    Path folder;

    private Path original;
    private List<Balance> balances;
    private List<Receipt> receipts;

    @BeforeEach
    void someHistory() {
        original = folder.resolve("original");
        try (TestLedger test = TestLedger.in(original).with(ALICE, Credits.ofDollars(1))) {
            for (int i = 1; i <= JOBS; i++) {
                test.ledger.hold(job(i), ALICE, new Credits(1_000_000));
                now(test.ledger.settle(settlement(job(i), 10, 20 + i)));
            }
            balances = test.ledger.balances();
            receipts = receipts(test);
        }
    }

    private static List<Receipt> receipts(TestLedger test) {
        List<Receipt> all = new ArrayList<>();
        for (int i = 1; i <= JOBS; i++) all.addAll(test.ledger.receipts(job(i)));
        return all;
    }

    @Test
    void inTheDatabaseFile() throws IOException {
        SplittableRandom chance = new SplittableRandom(20261123);
        int named = 0;
        for (int i = 0; i < FLIPS; i++) {
            Path copy = copy(i);
            Path file = copy.resolve("orchestrator.mv.db");
            byte[] bytes = Files.readAllBytes(file);
            int at = chance.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << chance.nextInt(8));
            Files.write(file, bytes);
            if (outcome(copy).isPresent()) named++;
        }
        System.out.println("Of " + FLIPS + " flips in the database file " + named + " were named, the others harmless");
    }

    @Test
    void inTheJournalWithTheDatabaseThereAndWithoutIt() throws IOException {
        SplittableRandom chance = new SplittableRandom(20261123);
        for (int i = 0; i < 6; i++) {
            Path copy = copy(i);
            Path file = copy.resolve("journal/0000000000000000001.log");
            byte[] bytes = Files.readAllBytes(file);
            int at = chance.nextInt(bytes.length * 9 / 10);
            bytes[at] ^= (byte) (1 << chance.nextInt(8));
            Files.write(file, bytes);
            if (i % 2 == 0) Files.delete(copy.resolve("orchestrator.mv.db"));

            assertThat(outcome(copy))
                    .hasValueSatisfying(sentence -> assertThat(sentence)
                            .containsPattern("Change \\d+ in ")
                            .contains(file.toString()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        update transfer set made_at = made_at + 1 where seq = 3                     | Journal line 3 differs
        update settlement set fingerprint = repeat('0', 64) where seq = 3           | The settlement of job_00000000000000000000000000000001 differs
        update settlement set key_id = 'someoneelse' where seq = 3                  | The settlement of job_00000000000000000000000000000001 differs
        update receipt set body = replace(body, '"segment":0', '"segment":1')       | is in the change log and not in its table
        delete from receipt                                                         | is in the change log and not in its table
        update log_text set body = concat(body, ' ') where leaf_index = 0                 | Leaf 0 differs
        update api_key set account = 'consumer:mallory'                             | The API key 0123456789ab differs
        update listed_model set completion_price = 0                                | The model sprout differs
        """)
    void inARowThatNoBalanceShows(String change, String finding) throws SQLException {
        try (TestLedger test = TestLedger.in(original)) {
            test.database
                    .apiKeys()
                    .insert(new ApiKeyRow(
                            "0123456789ab",
                            ALICE,
                            "laptop",
                            "0".repeat(64),
                            7,
                            OptionalLong.empty(),
                            Optional.empty()));
            test.database
                    .models()
                    .put(new ModelRow(
                            new ModelManifest(
                                    new ModelId("sprout"),
                                    new ModelDigest("11".repeat(32)),
                                    9,
                                    Optional.empty(),
                                    TestLedger.PRICE,
                                    Optional.empty(),
                                    0),
                            true));
            assertThat(test.ledger.audit().fault()).isEmpty();

            try (Connection connection = TestDatabase.H2.connect(original);
                    Statement sql = connection.createStatement()) {
                assertThat(sql.executeUpdate(change)).isPositive();
            }

            assertThat(test.ledger.audit().fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains(finding));
        }
    }

    /** What was named; when nothing was, everything is as it should be. */
    private Optional<String> outcome(Path copy) {
        try (TestLedger test = TestLedger.in(copy)) {
            Optional<String> fault = test.ledger.audit().fault();
            if (fault.isEmpty()) {
                assertThat(test.ledger.balances()).isEqualTo(balances);
                assertThat(receipts(test)).isEqualTo(receipts);
            }
            return fault;
        } catch (StorageException | LedgerException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Path copy(int number) throws IOException {
        Path copy = folder.resolve("copy" + number);
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.toList()) Files.copy(file, copy.resolve(original.relativize(file)));
        }
        return copy;
    }
}
