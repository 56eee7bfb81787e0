package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.explorer.Explorer;
import com.peerllm.orchestrator.explorer.Explorer.Order;
import com.peerllm.orchestrator.explorer.ExportFormat;
import com.peerllm.orchestrator.explorer.PublishedLog;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * How long the explorer's answers take on a log of some length, each at random places, and the same on a hundredth of it: a question
 * that reads whole tables would take a hundred times as long. Arguments: an empty folder, leaves, hosts.
 */
final class ExplorerBenchmark {
    private static final int ROUNDS = 200;

    private ExplorerBenchmark() {}

    public static void main(String[] arguments) {
        int leaves = Integer.parseInt(arguments[1]);
        int hosts = Integer.parseInt(arguments[2]);
        measure(Path.of(arguments[0], "hundredth"), leaves / 100, hosts);
        measure(Path.of(arguments[0], "whole"), leaves, hosts);
    }

    private static void measure(Path folder, int leaves, int hostCount) {
        // Without a change log, whose length is no question here.
        String url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("orchestrator");
        try (Database database = Database.open(new DatabaseAddress.Jdbc(url, "", ""))) {
            MadeUpLog log = new MadeUpLog(database, hostCount);
            long start = System.nanoTime();
            log.add(leaves);
            System.out.printf(
                    "%n%d leaves of %d hosts, written in %.1f s%n",
                    leaves, hostCount, (System.nanoTime() - start) / 1e9);
            Explorer explorer = new Explorer(database.explorer(), database.leaves(), PublishedLog.NONE);
            SplittableRandom random = new SplittableRandom(1);
            HostId busiest = database.explorer()
                    .hostsByShare(Optional.empty(), 1)
                    .getFirst()
                    .host();
            long entries = database.explorer().host(busiest).orElseThrow().entries();
            System.out.printf("the busiest host has %d leaves; times in ms%n", entries);
            System.out.printf("%-44s %8s %8s %8s%n", "question", "p50", "p99", "max");
            time("totals", any -> explorer.totals());
            time("entries, 50, oldest first", any -> explorer.entries(Order.OLDEST, at(random, leaves), 50));
            time("entries, 50, newest first", any -> explorer.entries(Order.NEWEST, at(random, leaves), 50));
            time("entries, 500", any -> explorer.entries(Order.OLDEST, at(random, leaves), 500));
            time("one entry (without its proof)", any -> explorer.entry(random.nextLong(leaves)));
            time("hosts by earned, first page", any -> explorer.hosts(Optional.empty(), 50));
            String second =
                    (String) explorer.hosts(Optional.empty(), hostCount / 2).get("next");
            time("hosts by earned, after half of them", any -> explorer.hosts(Optional.of(second), 50));
            time("a host with its days", any -> explorer.host(busiest.value(), Optional.empty(), 31));
            time("a host by its pseudonym", any -> explorer.host(busiest.pseudonym(), Optional.empty(), 31));
            time(
                    "entries of a host, 50, newest first",
                    any -> explorer.hostEntries(busiest.value(), Order.NEWEST, at(random, entries), 50));
            time("models", any -> explorer.models(Optional.empty(), 50));
            time("a job", any -> explorer.job(new JobId("job_%032x".formatted(random.nextLong(leaves)))));
            time("export, 100 leaves as JSON", any -> export(explorer, ExportFormat.JSON, random.nextLong(leaves)));
            time("export, 100 leaves as CSV", any -> export(explorer, ExportFormat.CSV, random.nextLong(leaves)));
        }
    }

    private static void export(Explorer explorer, ExportFormat format, long from) {
        explorer.exported(format, from, from + 100);
    }

    private static OptionalLong at(SplittableRandom random, long end) {
        return OptionalLong.of(random.nextLong(end));
    }

    private static void time(String question, IntConsumer asked) {
        for (int i = 0; i < ROUNDS / 4; i++) asked.accept(i);
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            asked.accept(i);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-44s %8.2f %8.2f %8.2f%n",
                question, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS * 99 / 100] / 1e6, nanos[ROUNDS - 1] / 1e6);
    }
}
