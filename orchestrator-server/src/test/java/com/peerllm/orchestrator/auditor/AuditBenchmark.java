package com.peerllm.orchestrator.auditor;

import com.peerllm.shared.audit.AuditOptions;
import com.peerllm.shared.audit.AuditProgress;
import com.peerllm.shared.audit.AuditReport;
import com.peerllm.shared.audit.FolderFiles;
import com.peerllm.shared.audit.LogAudit;
import com.peerllm.shared.audit.SignatureCheck;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.TileBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How long an audit takes, and how much memory: {@code FOLDER LEAVES SIGN_EVERY THREADS [jdk]} makes a log of so many payments in a
 * folder unless there is one, of which one in so many has a host's signature, then audits it with and without them. Run it with
 * -Xmx256m: that is what a million leaves must fit in.
 */
public final class AuditBenchmark {
    private AuditBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int leaves = Integer.parseInt(arguments[1]);
        int signEvery = Integer.parseInt(arguments[2]);
        int threads = Integer.parseInt(arguments[3]);
        Path keyFile = folder.resolve("key");
        if (!Files.exists(keyFile)) {
            long begun = System.nanoTime();
            PeerIdentity log = PeerIdentity.generate();
            make(folder, leaves, signEvery, log);
            Files.writeString(keyFile, log.publicKey().toString());
            System.out.printf(Locale.ROOT, "made in %.1f s%n", (System.nanoTime() - begun) / 1e9);
        }
        PeerKey key = PeerKey.parse(Files.readString(keyFile));
        for (int round = 0; round < 2; round++) {
            audit("no signatures", folder, key, SignatureCheck.NONE, threads);
            audit("signatures, BouncyCastle", folder, key, new FastSignatures(), threads);
            if (arguments.length > 4) audit("signatures, JDK", folder, key, SignatureCheck.ofJdk(), threads);
        }
    }

    private static void audit(String name, Path folder, PeerKey key, SignatureCheck signatures, int threadCount)
            throws Exception {
        AuditOptions options = new AuditOptions(
                Optional.of(key), Optional.empty(), List.of(), signatures, AuditOptions.MOST_BACKWARDS, 16);
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        long begun = System.nanoTime();
        AuditReport report;
        try (ExecutorService threads = Executors.newFixedThreadPool(threadCount)) {
            report = new LogAudit(new FolderFiles(folder), options, threads, new Random(), AuditProgress.silent())
                    .run(Optional.empty());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (!report.isClean())
            throw new IllegalStateException(report.fault().orElseThrow().sentence());
        long size = report.checkpoint().orElseThrow().size();
        System.out.printf(
                Locale.ROOT,
                "%-26s %,9d leaves %8.1f s  %8.1f s per million  heap at most %d MB  signatures %,d%n",
                name,
                size,
                seconds,
                seconds * 1e6 / size,
                pools().stream()
                                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                                .sum()
                        >> 20,
                report.hostSignatures());
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static void make(Path folder, int leaves, int signEvery, PeerIdentity log) throws IOException {
        MadePayments payments = new MadePayments(log.publicKey(), 100, signEvery);
        TileBuilder tiles = new TileBuilder();
        while (tiles.size() < leaves) {
            tiles.append(payments.next().getBytes(StandardCharsets.UTF_8));
            if (tiles.size() % 4096 == 0) write(folder, tiles);
        }
        write(folder, tiles);
        Checkpoint checkpoint = new Checkpoint("peerllm.log/benchmark", tiles.size(), tiles.root());
        Files.write(folder.resolve("checkpoint"), checkpoint.sign(log).bytes());
    }

    private static void write(Path folder, TileBuilder tiles) {
        for (TileBuilder.Content content : tiles.takeAdded()) {
            Path file = folder.resolve(content.tile().path());
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, content.bytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
