package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.storage.JournalBatch;
import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures durable settlements per second on H2 and on PostgreSQL, in turn, each beside what the disk and an empty
 * transaction allow. Not part of the tests: it runs when it is named, as docs/benchmarks.md says.
 */
class LedgerBenchmark {
    private static final int SETTLEMENTS = Integer.getInteger("peerllm.settlements", 4_000);
    private static final int IN_FLIGHT = Integer.getInteger("peerllm.inFlight", 256);
    private static final int ROUNDS = Integer.getInteger("peerllm.rounds", 3);
    private static final int FLOOR_WRITES = 500;

    @TempDir
    Path folder;

    /** Figures by name, one for each round. */
    private final Map<String, List<Double>> figures = new TreeMap<>();

    @Test
    void settlementsPerSecond() throws IOException, InterruptedException, SQLException {
        for (int round = 1; round <= ROUNDS; round++) {
            forcedWrites();
            for (TestDatabase kind : TestDatabase.values()) measure(kind, folder.resolve("round" + round + kind));
        }
        figures.forEach((name, values) -> {
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            System.out.printf(
                    "%-48s median %12.1f  from %12.1f to %12.1f%n",
                    name, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
        });
        Path json = Path.of("target", "ledger-figures.json");
        Files.writeString(json, JsonMapper.builder().build().writeValueAsString(figures));
        System.out.printf(
                "%d settlements after %d as a warm-up, %d in flight, %d rounds; every round is in %s%n",
                SETTLEMENTS, SETTLEMENTS / 4, IN_FLIGHT, ROUNDS, json);
    }

    private void note(String name, double value) {
        figures.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    private void forcedWrites() throws IOException {
        Path file = folder.resolve("floor.bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long start = System.nanoTime();
            for (int i = 0; i < FLOOR_WRITES; i++) {
                channel.write(ByteBuffer.allocate(4096));
                channel.force(false);
            }
            note("disk: forced 4 KiB writes/s", FLOOR_WRITES / seconds(start));
        }
    }

    private void measure(TestDatabase kind, Path place) throws IOException, InterruptedException, SQLException {
        Files.createDirectories(place);
        emptyTransactions(kind, place.resolve("empty"));
        DatabaseAddress address = kind.in(place.resolve("ledger"));
        try (TestLedger test = TestLedger.at(address, LedgerSettings.STANDARD)) {
            test.with(ALICE, Credits.ofDollars(1_000_000));
            settle(test.ledger, kind + " (warm-up)", 0, SETTLEMENTS / 4);
            long before = bytes(kind, place.resolve("ledger"));
            settle(test.ledger, kind.toString(), SETTLEMENTS, SETTLEMENTS);
            note(
                    kind + ": bytes on disk for each settlement",
                    (bytes(kind, place.resolve("ledger")) - before) / (double) SETTLEMENTS);
            long start = System.nanoTime();
            AuditReport report = test.ledger.audit();
            note(kind + ": audit, settlements/s", report.settlements() / seconds(start));
            if (!report.clean()) throw new AssertionError(report);
        }
    }

    /** The floor: one thread, batches that hold nothing. */
    private void emptyTransactions(TestDatabase kind, Path place) {
        try (Database database = Database.open(kind.in(place))) {
            LedgerStore store = database.ledger();
            long start = System.nanoTime();
            for (int i = 1; i <= FLOOR_WRITES; i++) {
                store.append(new JournalBatch(i, 0, List.of(), List.of(), List.of(), List.of()));
            }
            note(kind + ": empty durable transactions/s", FLOOR_WRITES / seconds(start));
        }
    }

    /** The database and its journal: of H2 the files, of PostgreSQL the tables and what was written ahead of them. */
    private static long bytes(TestDatabase kind, Path place) throws IOException, SQLException {
        switch (kind) {
            case H2 -> {
                long all = 0;
                try (Stream<Path> files = Files.walk(place)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) all += Files.size(file);
                }
                return all;
            }
            case POSTGRESQL -> {
                try (Connection connection = kind.connect(place);
                        ResultSet row = connection
                                .createStatement()
                                .executeQuery("select pg_database_size(current_database())"
                                        + " + pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")) {
                    row.next();
                    return row.getLong(1);
                }
            }
        }
        throw new IllegalStateException("unknown database " + kind);
    }

    private void settle(Ledger ledger, String name, int first, int count) throws InterruptedException {
        Semaphore room = new Semaphore(IN_FLIGHT);
        long[] nanos = new long[count];
        long[] holdNanos = new long[count];
        AtomicInteger failures = new AtomicInteger();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            room.acquire();
            int index = i;
            JobId job = job((first + i) * 0x9E3779B97F4A7C15L);
            long asked = System.nanoTime();
            ledger.hold(job, ALICE, Credits.parseDollars("0.01"));
            long held = System.nanoTime();
            holdNanos[i] = held - asked;
            ledger.settle(TestLedger.settlement(job, 100, 200)).whenComplete((done, failure) -> {
                nanos[index] = System.nanoTime() - held;
                if (failure != null) failures.incrementAndGet();
                room.release();
            });
        }
        room.acquire(IN_FLIGHT);
        double seconds = seconds(start);
        if (failures.get() > 0) throw new AssertionError(failures + " settlements failed");
        Arrays.sort(nanos);
        Arrays.sort(holdNanos);
        note(name + ": settlements/s", count / seconds);
        note(name + ": settle p50 ms", nanos[count / 2] / 1e6);
        note(name + ": settle p99 ms", nanos[count * 99 / 100] / 1e6);
        note(name + ": hold p50 us", holdNanos[count / 2] / 1e3);
        note(name + ": hold p99 us", holdNanos[count * 99 / 100] / 1e3);
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
