package com.peerllm.orchestrator.transparency;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.TestLedger;
import com.peerllm.orchestrator.ledger.TransferId;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.TreeBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The publisher beside a real ledger. */
@Timeout(60)
class LogPublisherTest {
    @TempDir
    Path data;

    private TestLedger test;
    private final AtomicBoolean diskIsFull = new AtomicBoolean();
    private LogPublisher publisher;

    @BeforeEach
    void start() {
        test = TestLedger.in(data).with(ALICE, Credits.ofDollars(1));
        publisher = publisher();
    }

    private LogPublisher publisher() {
        LogPublisher made = new LogPublisher(
                data.resolve("log"),
                (step, file) -> {
                    if (diskIsFull.get()) throw new IOException("No space left on device");
                },
                test.database,
                TestLedger.ORCHESTRATOR,
                "test",
                LogSettings.STANDARD,
                System::nanoTime,
                Thread.ofPlatform().daemon().name("log").factory(),
                TestLedger.CALLBACKS);
        test.listeners.add(made.listener());
        made.start();
        return made;
    }

    @AfterEach
    void stop() {
        test.ledger.close();
        publisher.close();
        test.database.close();
    }

    private void topUps(int count, String name) {
        List<CompletionStage<Balance>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(test.ledger.topUp(new TransferId(name + "-" + i), ALICE, new Credits(1)));
        }
        all.forEach(TestLedger::now);
    }

    private void awaitAll() {
        await().untilAsserted(() -> assertThat(publisher.status().size())
                .isEqualTo(test.database.leaves().count()));
    }

    private void requireRootOfTables() {
        Checkpoint checkpoint = publisher.published().orElseThrow().checkpoint();
        TreeBuilder tree = new TreeBuilder();
        for (LeafRow row : test.database.leaves().range(0, checkpoint.size())) {
            tree.append(row.text().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(checkpoint.root()).isEqualTo(tree.root());
    }

    @Test
    void underLoadTheLogIsLessThanASecondBehindAndEndsWithEverything() {
        AtomicBoolean done = new AtomicBoolean();
        Thread load = Thread.ofVirtual().start(() -> {
            for (int round = 0; round < 10; round++) topUps(200, "load" + round);
            done.set(true);
        });
        Duration longest = Duration.ZERO;
        long sizes = 0;
        while (!done.get() && load.isAlive()) {
            LogStatus status = publisher.status();
            if (status.behind().compareTo(longest) > 0) longest = status.behind();
            sizes = Math.max(sizes, status.size());
            Thread.onSpinWait();
        }
        awaitAll();
        assertThat(longest).isLessThan(Duration.ofSeconds(1));
        assertThat(publisher.status().behind()).isZero();
        requireRootOfTables();
    }

    @Test
    void leavesThatCameWhileNobodyPublishedAreReadFromTheTables() {
        awaitAll();
        publisher.close();
        test.listeners.clear();
        topUps(300, "unheard");
        publisher = publisher();
        awaitAll();
        requireRootOfTables();
    }

    @Test
    void aFullDiskIsToldAndOverWhenThereIsRoom() {
        awaitAll();
        diskIsFull.set(true);
        topUps(10, "full");
        await().until(() -> publisher.status().trouble().isPresent());
        assertThat(publisher.status().trouble().orElseThrow()).contains("Check free space");
        assertThat(publisher.status().stopped()).isFalse();
        diskIsFull.set(false);
        awaitAll();
        await().until(() -> publisher.status().trouble().isEmpty());
        requireRootOfTables();
    }

    @Test
    void whatWasSignedIsRememberedInTheDatabase() {
        topUps(5, "more");
        awaitAll();
        publisher.close();
        assertThat(test.database.checkpoints().last().orElseThrow())
                .isEqualTo(publisher.published().orElseThrow().note().toString());
    }

    @Test
    void aTileDamagedLongAgoIsMendedAfterTheNextStart() throws IOException {
        topUps(300, "many");
        awaitAll();
        publisher.close();
        for (String name : List.of("log/tile/entries/000", "log/tile/0/000")) {
            Path file = data.resolve(name);
            byte[] right = Files.readAllBytes(file);
            byte[] wrong = right.clone();
            wrong[100] ^= 1;
            Files.write(file, wrong);
            publisher = publisher();
            await().untilAsserted(() -> assertThat(file).hasBinaryContent(right));
            publisher.close();
        }
    }

    @Test
    void tablesThatContradictTheLogStopItAndNothingMoreIsSigned() throws IOException {
        topUps(3, "mine");
        awaitAll();
        publisher.close();
        byte[] checkpoint = Files.readAllBytes(data.resolve("log/checkpoint"));
        Path elsewhere = data.resolve("elsewhere");
        Files.createDirectories(elsewhere);
        test.ledger.close();
        test.database.close();
        // The log of one ledger, and the tables of another.
        test = TestLedger.in(elsewhere).with(ALICE, Credits.ofDollars(2));
        topUps(20, "other");
        publisher = publisher();
        await().until(() -> publisher.status().stopped());
        assertThat(publisher.status().trouble().orElseThrow()).contains("do not lead to the root");
        topUps(3, "again");
        assertThat(data.resolve("log/checkpoint")).hasBinaryContent(checkpoint);
    }

    @Test
    void theBufferForgetsWhatIsTooMuchAndNeverGivesLeavesOutOfOrder() {
        LeafBuffer buffer = new LeafBuffer(4, 0, System::nanoTime);
        buffer.durable(rows(0, 3));
        assertThat(buffer.takeFrom(0, 10)).isEqualTo(rows(0, 3));
        buffer.durable(rows(3, 6));
        buffer.durable(rows(6, 9));
        assertThat(buffer.known()).isEqualTo(9);
        assertThat(buffer.takeFrom(3, 10)).isEmpty();
        buffer.durable(rows(9, 11));
        assertThat(buffer.takeFrom(5, 10)).isEmpty();
        assertThat(buffer.takeFrom(9, 1)).isEqualTo(rows(9, 10));
    }

    private static List<LeafRow> rows(long from, long end) {
        List<LeafRow> rows = new ArrayList<>();
        for (long i = from; i < end; i++) rows.add(new LeafRow(i, "leaf " + i));
        return rows;
    }
}
