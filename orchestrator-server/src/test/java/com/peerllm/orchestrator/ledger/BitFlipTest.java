package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.StorageException;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

            assertThat(outcome(copy)).hasValueSatisfying(sentence -> assertThat(sentence)
                    .containsPattern("Change \\d+ in ")
                    .contains(file.toString()));
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
