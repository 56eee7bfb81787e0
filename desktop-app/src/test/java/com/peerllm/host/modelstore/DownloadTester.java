package com.peerllm.host.modelstore;

import com.peerllm.host.catalog.PinnedDigests;
import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.storage.HostDatabase;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;

/** A download queue with a data folder, a disk that can be full, and waits that are over at once but written down. */
public final class DownloadTester implements AutoCloseable {
    final AppFolders folders;
    final HostDatabase database;
    final ModelStore store;
    final QuotaDisk disk = new QuotaDisk();
    final AtomicLong bytesPerSecond = new AtomicLong();
    final List<Duration> waits = new CopyOnWriteArrayList<>();
    final ModelsFolder models;
    private final ThreadAlarms soon =
            new ThreadAlarms(Thread.ofPlatform().daemon().factory());
    private final OkHttpClient http;
    volatile boolean ringing = true;
    DownloadQueue queue;

    public DownloadTester(Path folder) {
        this(folder, Duration.ofSeconds(20));
    }

    DownloadTester(Path folder, Duration stallPatience) {
        http = DownloadParts.http(stallPatience);
        folders = new AppFolders(folder);
        database = HostDatabase.open(folders.database());
        models = new ModelsFolder(folders, Optional::empty);
        store = new ModelStore(models, database.models(), InstantSource.system());
        restart();
    }

    /** As the program does at its start. */
    void restart() {
        if (queue != null) queue.stop();
        queue = new DownloadQueue(database.downloads(), store, models, parts());
    }

    private DownloadParts parts() {
        Alarms atOnce = (delay, action) -> {
            if (delay.equals(DownloadQueue.PULSE)) return soon.after(Duration.ofMillis(20), action);
            waits.add(delay);
            if (!ringing) return () -> {};
            Thread.ofVirtual().start(action);
            return () -> {};
        };
        return new DownloadParts(
                http,
                new PinnedDigests(database.digestPins(), InstantSource.system()),
                disk,
                () -> bytesPerSecond.get() == 0 ? OptionalLong.empty() : OptionalLong.of(bytesPerSecond.get()),
                atOnce,
                InstantSource.system(),
                Thread.ofPlatform().daemon().name("test-download-", 0).factory(),
                new Random(7));
    }

    static Downloads.Order order(URI from, ModelDigest digest) {
        return new Downloads.Order("model", from, OptionalLong.empty(), Optional.of(digest), Optional.empty());
    }

    static Downloads.Order listed(URI from, Downloads.Listing listing) {
        return new Downloads.Order("model", from, OptionalLong.empty(), Optional.empty(), Optional.of(listing));
    }

    Download shown(String id) {
        return queue.all().get().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until the list has this download in such a state. */
    Download until(String id, Predicate<Download> wanted) throws Exception {
        CompletableFuture<Download> seen = new CompletableFuture<>();
        try (Signal.Subscription _ = queue.all()
                .subscribe(list -> list.stream()
                        .filter(each -> each.id().equals(id) && wanted.test(each))
                        .forEach(seen::complete))) {
            return seen.get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("Stands at " + shown(id), e);
        }
    }

    StoredModel untilDone(String id) throws Exception {
        Download.State.Done done = (Download.State.Done)
                until(id, each -> each.state() instanceof Download.State.Done).state();
        return store.list().stream()
                .filter(model -> model.name().equals(done.model()))
                .findFirst()
                .orElseThrow();
    }

    String untilFailed(String id) throws Exception {
        Download failed = until(id, each -> each.state() instanceof Download.State.Failed);
        return ((Download.State.Failed) failed.state()).sentence();
    }

    Download untilReceived(String id, long bytes) throws Exception {
        return until(id, each -> each.receivedBytes() >= bytes);
    }

    Path part() {
        return folders.models().resolve("model.gguf.part");
    }

    @Override
    public void close() {
        queue.stop();
        soon.close();
        database.close();
    }

    /** A disk that tells how much is free, and is full after so many bytes more. */
    static final class QuotaDisk implements Disk {
        final AtomicLong free = new AtomicLong(Long.MAX_VALUE / 2);
        final AtomicLong quota = new AtomicLong(Long.MAX_VALUE / 2);

        @Override
        public long freeBytes(Path folder) {
            return quota.get() == 0 ? 0 : free.get();
        }

        @Override
        public void write(FileChannel to, ByteBuffer bytes) throws IOException {
            int limit = bytes.limit();
            int room = (int) Math.min(bytes.remaining(), quota.get());
            bytes.limit(bytes.position() + room);
            Disk.REAL.write(to, bytes);
            quota.addAndGet(-room);
            bytes.limit(limit);
            if (bytes.hasRemaining()) throw new IOException("No space left on device");
        }
    }
}
