package com.peerllm.host.modelstore;

import com.peerllm.host.catalog.ListedFile;
import com.peerllm.host.catalog.PublisherListing;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.storage.DownloadRow;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;

/**
 * One attempt at one download, on a thread of its own: ask, receive, verify, take into the store. It tells what happens, and
 * in the end exactly one {@link Said.Ended}.
 */
final class Transfer implements Runnable {
    private final ModelStore store;
    private final DownloadParts parts;
    private final PartialHash hash;
    private final Listener listener;
    private final DiskRoom room;
    private final Cancellation cancellation = new Cancellation();
    private final ReceivedBytes received = new ReceivedBytes();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<Call> call = new AtomicReference<>();
    private final AtomicReference<Optional<PublisherListing>> asking = new AtomicReference<>(Optional.empty());
    private DownloadRow row;

    /** Hears what a transfer says, on its thread. */
    @FunctionalInterface
    interface Listener {
        void hear(Said said);
    }

    /** What a transfer says. */
    sealed interface Said {
        record Asking() implements Said {}

        /** The listing told size and digest. */
        record Learned(DownloadRow row) implements Said {}

        /** From now on {@link #received} moves. */
        record Receiving() implements Said {}

        record Verifying(long readBytes, long total) implements Said {}

        record Ended(End end) implements Said {}
    }

    /** How an attempt ends. */
    sealed interface End {
        record Done(StoredModel model) implements End {}

        /** As it was told to. */
        record Stopped() implements End {}

        /** @param newBytes received in this attempt */
        record Trouble(FetchTrouble trouble, long newBytes) implements End {}
    }

    Transfer(DownloadRow row, ModelStore store, DownloadParts parts, PartialHash hash, Listener listener) {
        this.row = row;
        this.store = store;
        this.parts = parts;
        this.hash = hash;
        this.listener = listener;
        this.room = new DiskRoom(parts.disk());
    }

    /** How far it has come, while it is receiving. */
    ReceivedBytes received() {
        return received;
    }

    /** Ends it soon, from any thread. What was received stays. */
    void stop() {
        cancellation.cancel();
        stopped.countDown();
        Call running = call.get();
        if (running != null) running.cancel();
        asking.get().ifPresent(PublisherListing::cancel);
    }

    @Override
    public void run() {
        listener.hear(new Said.Ended(attempt()));
    }

    private End attempt() {
        long before = PartFile.receivedBytes(row.target());
        try {
            learn();
            return new End.Done(fetchAndStore());
        } catch (CancellationException e) {
            return new End.Stopped();
        } catch (FetchTrouble e) {
            return cancellation.isCancelled() ? new End.Stopped() : trouble(e, before);
        } catch (IOException e) {
            return cancellation.isCancelled()
                    ? new End.Stopped()
                    : trouble(ConnectionTroubles.of(e, row.source()), before);
        } catch (HostException e) {
            return trouble(FetchTrouble.person(e.sentence(), e), before);
        } catch (RuntimeException e) {
            return trouble(
                    FetchTrouble.person(
                            "Something unexpected happened (" + e.getClass().getSimpleName() + "). The log says more.",
                            e),
                    before);
        }
    }

    private End trouble(FetchTrouble e, long before) {
        return new End.Trouble(e, PartFile.receivedBytes(row.target()) - before);
    }

    /** Size and digest are asked for when the order did not tell them, and then they stand. */
    private void learn() throws IOException, FetchTrouble {
        if (row.digest().isPresent()) return;
        listener.hear(new Said.Asking());
        DownloadRow.Listed listed = row.listing()
                .orElseThrow(() -> FetchTrouble.person(
                        "Nobody tells the SHA-256 of this file. Cancel it and order it with its SHA-256."));
        ListedFile found = found(listed);
        ModelDigest digest = found.digest()
                .orElseThrow(
                        () -> FetchTrouble.person(
                                "The publisher tells no SHA-256 of " + listed.file()
                                        + ", so nothing could prove what is received. Give its SHA-256 yourself, or take another file."));
        parts.pins().pin(row.source(), digest);
        row = row.learned(OptionalLong.of(found.sizeBytes()), Optional.of(digest));
        listener.hear(new Said.Learned(row));
    }

    private ListedFile found(DownloadRow.Listed listed) throws IOException, FetchTrouble {
        PublisherListing listing = new PublisherListing(parts.http(), this::rest);
        asking.set(Optional.of(listing));
        try {
            cancellation.check();
            return Optional.ofNullable(listing.read(listed.api()).get(listed.file()))
                    .orElseThrow(() -> FetchTrouble.person("The publisher lists no file " + listed.file()
                            + " any more. Cancel it and look for the file's new name."));
        } catch (HostException e) {
            cancellation.check();
            if (e.getCause() instanceof IOException) throw FetchTrouble.again(e.sentence(), e);
            throw e;
        } finally {
            asking.set(Optional.empty());
        }
    }

    private void rest(Duration time) {
        try {
            if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) cancellation.check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted");
        }
    }

    private StoredModel fetchAndStore() throws IOException, FetchTrouble {
        ModelDigest wanted = row.digest().orElseThrow();
        Optional<StoredModel> here = store.present(wanted);
        if (here.isPresent()) {
            PartFile.delete(row.target());
            return here.get();
        }
        Path folder = row.target().getParent();
        if (!Files.isDirectory(folder)) throw ModelsFolder.gone(folder);
        Optional<StoredModel> renamed = renamedAlready(wanted);
        if (renamed.isPresent()) return renamed.get();
        long size = receive();
        Optional<ModelDigest> written = hash.ofWhole(size);
        ModelDigest got = written.isPresent() ? written.get() : read(PartFile.part(row.target()));
        cancellation.check();
        if (!got.equals(wanted)) throw damaged(wanted, got);
        StoredModel stored = store.takeProven(PartFile.part(row.target()), row.name(), got);
        PartFile.delete(row.target());
        return stored;
    }

    /** The program was killed after the file got its name and before the store knew it. */
    private Optional<StoredModel> renamedAlready(ModelDigest wanted) throws IOException {
        Path target = row.target();
        if (PartFile.exists(target) || !Files.isRegularFile(target)) return Optional.empty();
        if (row.sizeBytes().isPresent() && Files.size(target) != row.sizeBytes().getAsLong()) return Optional.empty();
        if (!read(target).equals(wanted)) return Optional.empty();
        return Optional.of(store.takeProven(target, row.name(), wanted));
    }

    private long receive() throws IOException, FetchTrouble {
        try (PartFile part =
                PartFile.open(row.target(), row.source(), row.sizeBytes(), row.digest(), parts.disk(), hash)) {
            Bandwidth bandwidth = new Bandwidth(parts.bytesPerSecond(), stopped);
            BodyReader reader = new BodyReader(part, row, parts, room, bandwidth, received);
            listener.hear(new Said.Receiving());
            return reader.readAll(this::watched, cancellation);
        }
    }

    private Call watched(Call next) {
        call.set(next);
        if (cancellation.isCancelled()) next.cancel();
        return next;
    }

    private ModelDigest read(Path file) throws IOException {
        listener.hear(new Said.Verifying(0, Files.size(file)));
        return FileDigest.of(
                file, Optional.empty(), (done, total) -> listener.hear(new Said.Verifying(done, total)), cancellation);
    }

    private FetchTrouble damaged(ModelDigest wanted, ModelDigest got) throws IOException {
        PartFile.delete(row.target());
        return FetchTrouble.person("What was received is not the file that was ordered: its SHA-256 begins with "
                + got.shortForm() + " and should begin with " + wanted.shortForm()
                + ". It was deleted. Resume to download it once more, or cancel it and choose another source.");
    }
}
