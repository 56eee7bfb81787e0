package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.storage.JournalBatch;
import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Measures durable settlements per second, beside what the disk and an empty transaction allow. A program, not a test:
 * {@code java -cp … com.peerllm.orchestrator.ledger.LedgerBenchmark FOLDER SETTLEMENTS IN_FLIGHT}.
 */
final class LedgerBenchmark {
    private LedgerBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        int settlements = Integer.parseInt(arguments[1]);
        int inFlight = Integer.parseInt(arguments[2]);
        Files.createDirectories(folder);
        forcedWrites(folder.resolve("floor.bin"), 500);
        emptyTransactions(folder.resolve("floor-h2"), 500);
        LedgerSettings settings = LedgerSettings.STANDARD;
        try (TestLedger test = TestLedger.in(folder.resolve("ledger"), settings)) {
            test.with(ALICE, Credits.ofDollars(1_000_000));
            settle(test.ledger, "warm-up", 0, settlements / 4, inFlight);
            settle(test.ledger, "settlements", settlements, settlements, inFlight);
            long start = System.nanoTime();
            AuditReport report = test.ledger.audit();
            System.out.printf(
                    "audit of %d lines: %.2f s, clean: %s%n", report.transfers(), seconds(start), report.clean());
        }
        int all = settlements + settlements / 4;
        long database = Files.size(folder.resolve("ledger/orchestrator.mv.db"));
        System.out.printf("H2 file: %d bytes, %d for each settlement%n", database, database / all);
        long log = 0;
        try (Stream<Path> files = Files.list(folder.resolve("ledger/journal"))) {
            for (Path file : files.toList()) log += Files.size(file);
        }
        System.out.printf("change log: %d bytes, %d for each settlement%n", log, log / all);
        long start = System.nanoTime();
        TestLedger.in(folder.resolve("ledger"), settings).close();
        System.out.printf("open again and close: %.2f s%n", seconds(start));
    }

    private static void forcedWrites(Path file, int count) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                channel.write(ByteBuffer.allocate(4096));
                channel.force(false);
            }
            System.out.printf("disk: %.0f forced 4 KiB writes/s%n", count / seconds(start));
        }
    }

    /** The floor: one thread, batches that hold nothing. */
    private static void emptyTransactions(Path folder, int count) {
        try (Database database = Database.open(new DatabaseAddress.Embedded(folder))) {
            LedgerStore store = database.ledger();
            long start = System.nanoTime();
            for (int i = 1; i <= count; i++) {
                store.append(new JournalBatch(i, 0, List.of(), List.of(), List.of(), List.of()));
            }
            System.out.printf("database: %.0f empty durable changes/s%n", count / seconds(start));
        }
    }

    private static void settle(Ledger ledger, String name, int first, int count, int inFlight)
            throws InterruptedException {
        Semaphore room = new Semaphore(inFlight);
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
        room.acquire(inFlight);
        double seconds = seconds(start);
        Arrays.sort(nanos);
        Arrays.sort(holdNanos);
        System.out.printf(
                "%s: %d in %.1f s = %.0f/s; settle p50 %.1f ms p99 %.1f ms; hold p50 %.1f us p99 %.1f us; failed %d%n",
                name,
                count,
                seconds,
                count / seconds,
                nanos[count / 2] / 1e6,
                nanos[count * 99 / 100] / 1e6,
                holdNanos[count / 2] / 1e3,
                holdNanos[count * 99 / 100] / 1e3,
                failures.get());
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
