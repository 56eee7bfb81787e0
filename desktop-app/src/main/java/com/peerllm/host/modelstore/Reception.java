package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;

/**
 * One attempt to receive a file from where an earlier one ended, and to prove it. Runs on the thread of its caller; can be
 * stopped from any.
 */
final class Reception {
    private final FetchParts parts;
    private final PartialHash hash;
    private final DiskRoom room;
    private final Cancellation cancellation = new Cancellation();
    private final ReceivedBytes received = new ReceivedBytes();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<Call> call = new AtomicReference<>();

    /** @param hash of what earlier attempts of this program wrote */
    Reception(FetchParts parts, PartialHash hash) {
        this.parts = parts;
        this.hash = hash;
        room = new DiskRoom(parts.disk());
    }

    /** How far it has come, while it is receiving. */
    ReceivedBytes received() {
        return received;
    }

    /** Asked for between the steps. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** Ends it soon, from any thread. What was received stays. */
    void stop() {
        cancellation.cancel();
        stopped.countDown();
        Call running = call.get();
        if (running != null) running.cancel();
    }

    /** Waits, or ends the waiting when it is stopped. */
    void rest(Duration time) {
        try {
            if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) cancellation.check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted");
        }
    }

    /**
     * Receives what is missing and proves the whole, which lies in {@link Wanted#part} then.
     *
     * @param begins called before the first byte
     * @param reading told while the file is read again for its digest
     * @throws FetchTrouble among others when it is another file, which is deleted
     */
    void receive(Wanted wanted, Runnable begins, HashProgress reading) throws IOException, FetchTrouble {
        long size = missing(wanted, begins);
        Optional<ModelDigest> written = hash.ofWhole(size);
        ModelDigest got = written.isPresent() ? written.get() : digest(wanted.part(), reading);
        cancellation.check();
        if (!got.equals(wanted.digest())) throw damaged(wanted, got);
    }

    private long missing(Wanted wanted, Runnable begins) throws IOException, FetchTrouble {
        try (PartFile part = PartFile.open(
                wanted.target(), wanted.source(), wanted.sizeBytes(), wanted.proof(), parts.disk(), hash)) {
            Bandwidth bandwidth = new Bandwidth(parts.bytesPerSecond(), stopped);
            BodyReader reader = new BodyReader(part, wanted, parts, room, bandwidth, received);
            begins.run();
            return reader.readAll(this::watched, cancellation);
        }
    }

    private Call watched(Call next) {
        call.set(next);
        if (cancellation.isCancelled()) next.cancel();
        return next;
    }

    /** @throws CancellationException when it is stopped */
    ModelDigest digest(Path file, HashProgress reading) throws IOException {
        reading.at(0, Files.size(file));
        return FileDigest.of(file, Optional.empty(), reading, cancellation);
    }

    private static FetchTrouble damaged(Wanted wanted, ModelDigest got) throws IOException {
        PartFile.delete(wanted.target());
        return FetchTrouble.person("What was received is not the file that was ordered: its SHA-256 begins with "
                + got.shortForm() + " and should begin with "
                + wanted.digest().shortForm()
                + ". It was deleted. Resume to download it once more, or cancel it and choose another source.");
    }
}
