package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.orchestrator.storage.RecordedDisk;
import com.peerllm.orchestrator.storage.RecordedDisk.Left;
import com.peerllm.orchestrator.storage.StorageException;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The crash simulator: a random history of holds, settlements, releases and top-ups is written on a disk that remembers
 * every step; then the power goes after each step in turn, and in the middle of each write, and what an unkind disk
 * leaves is opened again. {@code -Dpeerllm.histories=N} tries N of them.
 */
class PowerCutTest {
    private static final int HISTORIES = Integer.getInteger("peerllm.histories", 1);
    private static final int WISHES = 10;
    private static final Credits HOLD = new Credits(1_000_000);
    private static final Credits GIFT = new Credits(7_000_000);

    @TempDir
    Path folder;

    /** What was asked for, and after how many steps of the disk the answer came. */
    private record Told<T>(T what, int steps) {}

    private final List<Told<Settlement.Done>> settled = new ArrayList<>();
    private final Map<JobId, Settlement> asked = new HashMap<>();
    private final List<Told<TransferId>> toppedUp = new ArrayList<>();
    private RecordedDisk disk;
    private Map<String, byte[]> start;
    private int opened;
    private int madeAnew;
    private int movedAway;

    @Test
    void noPowerCutLosesOrDoublesWhatWasAcknowledged() throws IOException, SQLException {
        for (int seed = 1; seed <= HISTORIES; seed++) {
            SplittableRandom chance = new SplittableRandom(20261123L * seed);
            Path place = Files.createDirectories(folder.resolve("history" + seed));
            prepare(place);
            live(chance);
            for (int cut = 1; cut <= disk.steps(); cut++) goOut(cut, chance);
        }
        System.out.println(opened + " power cuts; H2's file was made anew after " + madeAnew
                + " of them, by hand after " + movedAway);
    }

    private void goOut(int cut, SplittableRandom chance) throws IOException, SQLException {
        Left h2 = Left.values()[cut % Left.values().length];
        reopen(cut, Left.EVERYTHING, h2, chance);
        if (!disk.step(cut - 1).isWrite()) return;
        if (!disk.step(cut - 1).file().endsWith(".log")) {
            reopen(cut, Left.NOTHING, cut % 2 == 0 ? Left.BEGINNING : Left.SECTORS, chance);
            return;
        }
        reopen(cut, Left.NOTHING, h2, chance);
        reopen(cut, Left.BEGINNING, Left.NOTHING, chance);
        reopen(cut, Left.SECTORS, Left.EVERYTHING, chance);
    }

    /** H2 writes at every commit, so that its writes are steps of the same order in every run. */
    private void prepare(Path place) throws IOException, SQLException {
        settled.clear();
        asked.clear();
        toppedUp.clear();
        TestLedger.in(place).with(ALICE, Credits.ofDollars(1)).close();
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + place.resolve("orchestrator"));
                var sql = connection.createStatement()) {
            sql.execute("set write_delay 0");
        }
        start = contents(place);
        disk = new RecordedDisk(place);
    }

    private static Map<String, byte[]> contents(Path place) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(place.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private void live(SplittableRandom chance) {
        List<JobId> open = new ArrayList<>();
        int wishes = 0;
        for (int life = 0; life < 2; life++) {
            try (TestLedger test = TestLedger.on(disk.open())) {
                open.clear();
                while (wishes < WISHES * (life + 1) / 2) {
                    wishes++;
                    if (chance.nextInt(4) == 0) inOneBatch(test, chance, open);
                    else wish(test, chance, open);
                }
            }
        }
    }

    private void wish(TestLedger test, SplittableRandom chance, List<JobId> open) {
        int kind = open.isEmpty() ? 0 : chance.nextInt(8);
        if (kind <= 2) {
            hold(test, open);
            now(test.ledger.openAccount(ALICE));
        } else if (kind == 3) {
            now(test.ledger.release(open.removeLast(), ReleaseReason.CANCELLED));
        } else if (kind == 4) {
            TransferId id = new TransferId("gift-" + toppedUp.size());
            now(test.ledger.topUp(id, ALICE, GIFT));
            toppedUp.add(new Told<>(id, disk.steps()));
        } else {
            Settlement.Done done = now(settle(test, chance, open.removeFirst()));
            settled.add(new Told<>(done, disk.steps()));
        }
    }

    /** Several decisions that one write makes durable: the first is held up at the disk until the others are made. */
    private void inOneBatch(TestLedger test, SplittableRandom chance, List<JobId> open) {
        List<CompletionStage<Settlement.Done>> waiting = new ArrayList<>();
        disk.gate.lock();
        try {
            hold(test, open);
            while (!disk.gate.hasQueuedThreads()) Thread.onSpinWait();
            for (int i = 0; i < 3; i++) {
                hold(test, open);
                waiting.add(settle(test, chance, open.removeFirst()));
            }
        } finally {
            disk.gate.unlock();
        }
        for (CompletionStage<Settlement.Done> each : waiting) {
            Settlement.Done done = now(each);
            settled.add(new Told<>(done, disk.steps()));
        }
    }

    private void hold(TestLedger test, List<JobId> open) {
        JobId job = job(1_000 + asked.size() + open.size() * 1_000_000L + disk.steps() * 1_000L);
        assertThat(test.ledger.hold(job, ALICE, HOLD)).isInstanceOf(HoldDecision.Held.class);
        open.add(job);
    }

    private CompletionStage<Settlement.Done> settle(TestLedger test, SplittableRandom chance, JobId job) {
        Settlement settlement = new Settlement(
                job,
                ALICE,
                List.of(
                        TestLedger.segment(TestLedger.HOST, 10, chance.nextInt(1, 300)),
                        TestLedger.segment(TestLedger.OTHER_HOST, 0, chance.nextInt(0, 100))));
        asked.put(job, settlement);
        return test.ledger.settle(settlement);
    }

    private void reopen(int cut, Left log, Left h2, SplittableRandom chance) throws IOException, SQLException {
        Path left = Files.createDirectories(folder.resolve("left"));
        disk.leave(cut, start, log, h2, chance, left);
        String where = "after step " + cut + " " + disk.step(cut - 1).getClass().getSimpleName() + " of "
                + disk.step(cut - 1).file() + ", log " + log + ", H2 " + h2;
        try (TestLedger test = openAsTold(left, h2)) {
            opened++;
            expectEverything(test, cut, where);
        } catch (RuntimeException e) {
            throw new AssertionError(where, e);
        }
        if (Files.exists(left.resolve("orchestrator.mv.db.damaged"))) madeAnew++;
        delete(left);
    }

    /**
     * A disk that keeps any sectors it likes can damage H2's file so that it shows late. Then the start or the audit names
     * it, and what the start says to do is done.
     */
    private TestLedger openAsTold(Path left, Left h2) throws IOException {
        try {
            TestLedger test = TestLedger.in(left);
            if (h2 != Left.SECTORS || test.ledger.audit().clean()) return test;
            test.close();
        } catch (StorageException | LedgerException e) {
            if (h2 != Left.SECTORS) throw e;
            assertThat(e).hasMessageContaining("ove orchestrator.mv.db away and start again");
        }
        Files.delete(left.resolve("orchestrator.mv.db"));
        movedAway++;
        return TestLedger.in(left);
    }

    private void expectEverything(TestLedger test, int cut, String where) {
        assertThat(test.ledger.audit().fault()).as(where).isEmpty();
        List<SettlementRow> rows = test.database
                .ledger()
                .settlements(0, test.database.ledger().head().lastSeq());
        assertThat(rows).as(where).extracting(SettlementRow::job).doesNotHaveDuplicates();
        Credits charged = Credits.ZERO;
        for (SettlementRow row : rows) {
            assertThat(asked).as(where).containsKey(row.job());
            charged = charged.plus(row.charged());
        }
        for (Told<Settlement.Done> told : settled) {
            List<Receipt> receipts = test.ledger.receipts(told.what().job());
            boolean known = told.steps() <= cut;
            if (known || !receipts.isEmpty()) {
                assertThat(receipts).as(where).isEqualTo(told.what().receipts());
            }
        }
        Credits given = Credits.ZERO;
        for (Told<TransferId> told : toppedUp) {
            boolean there = test.database.ledger().transfer(told.what().value()).isPresent();
            if (told.steps() <= cut) assertThat(there).as(where).isTrue();
            if (there) given = given.plus(GIFT);
        }
        assertThat(test.ledger.balance(ALICE))
                .as(where)
                .contains(new Balance(ALICE, Credits.ofDollars(1).plus(given).minus(charged), Credits.ZERO));
        long count = test.database.leaves().count();
        assertThat(test.database.leaves().range(0, count))
                .as(where)
                .extracting(LeafRow::index)
                .isEqualTo(LongStream.range(0, count).boxed().toList());
        expectTheSameAnswersAgain(test, cut, where);
    }

    /** Who heard no answer asks again: it is paid once. */
    private void expectTheSameAnswersAgain(TestLedger test, int cut, String where) {
        List<Told<Settlement.Done>> known =
                settled.stream().filter(told -> told.steps() <= cut).toList();
        if (known.isEmpty()) return;
        Settlement.Done last = known.getLast().what();
        Credits before = test.posted(ALICE);
        assertThat(now(test.ledger.settle(asked.get(last.job())))).as(where).isEqualTo(last);
        assertThat(test.posted(ALICE)).as(where).isEqualTo(before);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Path[] all = files.toArray(Path[]::new);
            for (int i = all.length; i > 0; i--) Files.delete(all[i - 1]);
        }
    }
}
