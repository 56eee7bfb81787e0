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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt at one download, on a thread of its own: ask, receive, verify, take into the store. It tells what happens, and
 * in the end exactly one {@link Said.Ended}.
 */
final class Transfer implements Runnable {
    private final ModelStore store;
    private final DownloadParts parts;
    private final Reception reception;
    private final Listener listener;
    private final Cancellation cancellation;
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
        this.listener = listener;
        reception = new Reception(parts.fetch(), hash);
        cancellation = reception.cancellation();
    }

    /** How far it has come, while it is receiving. */
    ReceivedBytes received() {
        return reception.received();
    }

    /** Ends it soon, from any thread. What was received stays. */
    void stop() {
        reception.stop();
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
        PublisherListing listing = new PublisherListing(parts.http(), reception::rest);
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
        reception.receive(Wanted.model(row), () -> listener.hear(new Said.Receiving()), this::verifying);
        StoredModel stored = store.takeProven(PartFile.part(row.target()), row.name(), wanted);
        PartFile.delete(row.target());
        return stored;
    }

    /** The program was killed after the file got its name and before the store knew it. */
    private Optional<StoredModel> renamedAlready(ModelDigest wanted) throws IOException {
        Path target = row.target();
        if (PartFile.exists(target) || !Files.isRegularFile(target)) return Optional.empty();
        if (row.sizeBytes().isPresent() && Files.size(target) != row.sizeBytes().getAsLong()) return Optional.empty();
        if (!reception.digest(target, this::verifying).equals(wanted)) return Optional.empty();
        return Optional.of(store.takeProven(target, row.name(), wanted));
    }

    private void verifying(long readBytes, long total) {
        listener.hear(new Said.Verifying(readBytes, total));
    }
}
