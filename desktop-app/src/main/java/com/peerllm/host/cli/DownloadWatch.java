package com.peerllm.host.cli;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.Downloads;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Watches one download on the terminal until it is done, fails for good, or the person has enough. */
final class DownloadWatch {
    private final Downloads downloads;
    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter err;
    private final BlockingQueue<Optional<Download>> changes = new LinkedBlockingQueue<>();
    private int widest;

    DownloadWatch(Downloads downloads, boolean json, PrintWriter out, PrintWriter err) {
        this.downloads = downloads;
        this.json = json;
        this.out = out;
        this.err = err;
    }

    /** The person has enough; what was received stays. */
    void stop() {
        changes.add(Optional.empty());
    }

    /**
     * Waits for the end.
     *
     * @return the name of the model in the store; empty after {@link #stop}
     * @throws HostException {@code DOWNLOAD} when it failed
     */
    Optional<String> untilTheEnd(String id) {
        try (Signal.Subscription _ = downloads
                .all()
                .subscribe(list -> list.stream()
                        .filter(each -> each.id().equals(id))
                        .forEach(each -> changes.add(Optional.of(each))))) {
            Optional<Download> last = Optional.empty();
            for (Optional<Download> next = changes.take(); next.isPresent(); next = changes.take()) {
                if (!next.equals(last)) tell(next.get());
                last = next;
                if (next.get().state() instanceof Download.State.Done(String model)) return Optional.of(model);
                if (next.get().state() instanceof Download.State.Failed(String sentence))
                    throw new HostException(Problem.DOWNLOAD, sentence);
            }
            endLine();
            last.ifPresent(stopped -> err.println("Stopped; what was received is kept (" + DownloadWords.amount(stopped)
                    + "). The same command goes on."));
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void tell(Download download) {
        if (json) {
            Json.printLine(out, DownloadWords.line(download));
            return;
        }
        switch (download.state()) {
            case Download.State.Done _, Download.State.Failed _ -> endLine();
            case Download.State.Retrying _ -> {
                endLine();
                err.println(download.name() + ": " + DownloadWords.words(download));
            }
            default -> {
                String line = download.name() + ": " + DownloadWords.words(download);
                widest = Math.max(widest, line.length());
                err.print("\r" + line + " ".repeat(widest - line.length()));
                err.flush();
            }
        }
    }

    private void endLine() {
        if (widest > 0) err.println();
        widest = 0;
    }
}
