package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.Backoff;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Fetches one file of known size and digest that is no model, as {@link DownloadQueue} fetches models: it goes on after a
 * break, also after a restart of the program, and gets its name only when it is proven.
 */
public final class FileFetch {
    private static final Backoff BETWEEN_TRIES = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(20));

    /** Tries in a row that bring no byte. */
    private static final int MOST_TRIES = 6;

    /** A source that never goes on where it broke off brings bytes each time, and never the end. */
    private static final int MOST_IN_ALL = 60;

    private final FetchParts parts;
    private final RandomGenerator random;

    public FileFetch(FetchParts parts, RandomGenerator random) {
        this.parts = parts;
        this.random = random;
    }

    /** A file, and where it goes. */
    public record Order(URI from, Path to, long sizeBytes, ModelDigest digest) {}

    /**
     * Returns when the file is there, proven.
     *
     * @param received told now and then how many bytes are here
     * @throws HostException {@code DOWNLOAD} with why it did not come to an end; what was received is kept unless it was wrong
     * @throws java.util.concurrent.CancellationException when it is cancelled; what was received is kept
     */
    public void fetch(Order order, LongConsumer received, Cancellation cancellation) {
        Wanted wanted = new Wanted(
                order.from(), order.to(), OptionalLong.of(order.sizeBytes()), order.digest(), true, Wanted.Kind.ANY);
        PartialHash hash = new PartialHash();
        for (int tries = 1, all = 1; ; tries++, all++) {
            long before = PartFile.receivedBytes(order.to());
            Reception attempt = new Reception(parts, hash);
            try (Signal.Subscription _ = cancellation.onCancel(attempt::stop)) {
                cancellation.check();
                attempt(attempt, wanted, received);
                return;
            } catch (FetchTrouble e) {
                cancellation.check();
                if (PartFile.receivedBytes(order.to()) > before) tries = 1;
                boolean person = e.next() == FetchTrouble.Next.PERSON || tries >= MOST_TRIES || all >= MOST_IN_ALL;
                if (person) throw new HostException(Problem.DOWNLOAD, e.sentence(), e);
                rest(e, tries, cancellation);
            }
        }
    }

    private void attempt(Reception attempt, Wanted wanted, LongConsumer received) throws FetchTrouble {
        try {
            attempt.received().tell(received);
            attempt.receive(wanted, () -> {}, HashProgress.SILENT);
            AtomicFile.moveInto(wanted.target(), wanted.part());
            PartFile.delete(wanted.target());
        } catch (IOException e) {
            throw ConnectionTroubles.of(e, wanted.source());
        }
    }

    private void rest(FetchTrouble trouble, int tries, Cancellation cancellation) {
        Duration wait = trouble.retryAfter().orElseGet(() -> BETWEEN_TRIES.after(tries, random));
        Duration bounded = wait.compareTo(BETWEEN_TRIES.most()) > 0 ? BETWEEN_TRIES.most() : wait;
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Signal.Subscription _ = cancellation.onCancel(cancelled::countDown)) {
            if (cancelled.await(bounded.toMillis(), TimeUnit.MILLISECONDS)) cancellation.check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted");
        }
    }
}
