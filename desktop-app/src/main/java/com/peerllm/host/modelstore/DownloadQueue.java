package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.storage.DownloadRow;
import com.peerllm.host.storage.DownloadTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The downloads of this computer: one runs at a time, in the order in which they were asked for; one that waits for its source
 * lets the next go first. The list is in the database, what was received stands beside each file.
 *
 * <p>Before {@link #start}, only what is asked for by a call runs; what the list has from before waits. All state belongs to one
 * thread.
 */
public final class DownloadQueue implements Downloads, Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(DownloadQueue.class);
    static final Duration PULSE = Duration.ofMillis(250);

    private static final int MOST_DONE_SHOWN = 20;

    private final DownloadTable table;
    private final ModelStore store;
    private final ModelsFolder folder;
    private final DownloadParts parts;
    private final NewDownload coming;
    private final Mailbox mailbox;
    private final Signal<List<Download>> all = new Signal<>(List.of());
    private final List<QueuedDownload> list = new ArrayList<>();

    /** Cancelled, and their attempt is ending. */
    private final List<QueuedDownload> leaving = new ArrayList<>();

    private boolean stopping;

    /** Guarded by this. */
    private boolean ended;

    public DownloadQueue(DownloadTable table, ModelStore store, ModelsFolder folder, DownloadParts parts) {
        this.table = table;
        this.store = store;
        this.folder = folder;
        this.parts = parts;
        this.coming = new NewDownload(store, folder, parts);
        this.mailbox = new Mailbox(parts.threads());
        asked(() -> {
            readList();
            return list.size();
        });
    }

    private void readList() {
        for (DownloadRow row : table.all()) {
            if (row.wish() == DownloadRow.Wish.CANCELLED) forget(row);
            else list.add(new QueuedDownload(row));
        }
        tell();
    }

    @Override
    public Signal<List<Download>> all() {
        return all;
    }

    /** Goes on with what the list has from before. */
    @Override
    public void start() {
        mailbox.post(() -> {
            list.forEach(QueuedDownload::release);
            next();
        });
    }

    /** Ends what runs within a second; everything stays on the list. */
    @Override
    public synchronized void stop() {
        if (ended) return;
        ended = true;
        List<Thread> running = asked(() -> {
            stopping = true;
            list.forEach(QueuedDownload::cancelAlarm);
            return Stream.concat(list.stream(), leaving.stream())
                    .flatMap(each -> each.halt().stream())
                    .toList();
        });
        for (Thread thread : running) join(thread);
        mailbox.close();
        parts.http().connectionPool().evictAll();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String fetch(Order order) {
        OrderRules.check(order);
        return asked(() -> fetchNow(order));
    }

    private String fetchNow(Order order) {
        String name = coming.freeName(order);
        Optional<QueuedDownload> same = Stream.concat(list.stream(), leaving.stream())
                .filter(each -> !each.isDone() && each.row().name().equals(name))
                .findFirst();
        if (same.isPresent()) {
            OrderRules.checkSame(order, same.get().row());
            if (leaving.remove(same.get())) list.add(same.get());
            resumeNow(same.get());
            tell();
            return same.get().row().id();
        }
        long place =
                1 + list.stream().mapToLong(each -> each.row().place()).max().orElse(0);
        QueuedDownload added = new QueuedDownload(coming.row(order, name, place));
        table.put(added.row());
        added.release();
        list.add(added);
        next();
        tell();
        return added.row().id();
    }

    @Override
    public void pause(String id) {
        withOne(id, each -> {
            if (each.isDone() || each.row().wish() != DownloadRow.Wish.WANTED) return;
            wish(each, DownloadRow.Wish.PAUSED);
            each.cancelAlarm();
            each.halt();
            each.state(new Download.State.PausedByPerson());
        });
    }

    @Override
    public void resume(String id) {
        withOne(id, this::resumeNow);
    }

    private void resumeNow(QueuedDownload each) {
        if (each.isDone()) return;
        boolean stood = each.row().wish() != DownloadRow.Wish.WANTED;
        if (stood) wish(each, DownloadRow.Wish.WANTED);
        each.cancelAlarm();
        each.release();
        each.forgetTroubles();
        if (stood || !each.isRunning()) each.state(new Download.State.Waiting());
        next();
    }

    @Override
    public void cancel(String id) {
        withOne(id, each -> {
            list.remove(each);
            if (each.isDone()) return;
            each.cancelAlarm();
            wish(each, DownloadRow.Wish.CANCELLED);
            if (each.halt().isEmpty()) forget(each.row());
            else leaving.add(each);
        });
    }

    /** Deletes what was received, then forgets the row: a program that is killed in between deletes it at its next start. */
    private void forget(DownloadRow row) {
        try {
            PartFile.delete(row.target());
            table.delete(row.id());
        } catch (IOException e) {
            log.warn(
                    "What was received of {} could not be deleted; it is tried again at the next start", row.name(), e);
        }
    }

    private void withOne(String id, Consumer<QueuedDownload> action) {
        mailbox.post(() -> {
            list.stream().filter(each -> each.row().id().equals(id)).findFirst().ifPresent(action);
            next();
            tell();
        });
    }

    private void wish(QueuedDownload each, DownloadRow.Wish wish) {
        change(each, each.row().wish(wish));
    }

    private void change(QueuedDownload each, DownloadRow next) {
        table.put(next);
        each.row(next);
    }

    /** Begins the first that may run, unless one runs. */
    private void next() {
        if (stopping || list.stream().anyMatch(QueuedDownload::isRunning)) return;
        list.stream().filter(QueuedDownload::mayRun).findFirst().ifPresent(this::run);
    }

    private void run(QueuedDownload each) {
        Path target = folder.path().resolve(each.row().target().getFileName());
        boolean begun = PartFile.exists(each.row().target())
                || !Files.isDirectory(each.row().target().getParent());
        if (!begun && !target.equals(each.row().target()))
            change(each, each.row().target(target));
        each.state(new Download.State.Waiting());
        Transfer transfer =
                new Transfer(each.row(), store, parts, each.hash(), said -> mailbox.post(() -> hear(each, said)));
        each.run(transfer, parts.threads().newThread(transfer));
        pulse(each, transfer);
    }

    /** A source that sends nothing makes no event, and the speed that is shown must fall all the same. */
    private void pulse(QueuedDownload each, Transfer transfer) {
        if (!each.runs(transfer) || stopping) return;
        each.pulse(System.nanoTime());
        tell();
        parts.alarms().after(PULSE, () -> mailbox.post(() -> pulse(each, transfer)));
    }

    private void hear(QueuedDownload each, Transfer.Said said) {
        switch (said) {
            case Transfer.Said.Learned(DownloadRow row) ->
                change(each, each.row().learned(row.sizeBytes(), row.digest()));
            case Transfer.Said.Ended(Transfer.End end) -> {
                leaving.remove(each);
                each.ended();
                ended(each, end);
                next();
            }
            default -> each.hear(said);
        }
        tell();
    }

    private void ended(QueuedDownload each, Transfer.End end) {
        if (end instanceof Transfer.End.Done(StoredModel model)) {
            table.delete(each.row().id());
            each.state(new Download.State.Done(model.name()));
            log.info("Downloaded {}", model.name());
        } else if (each.row().wish() == DownloadRow.Wish.CANCELLED) {
            forget(each.row());
        } else if (end instanceof Transfer.End.Trouble(FetchTrouble trouble, long newBytes)) {
            trouble(each, trouble, newBytes);
        }
    }

    private void trouble(QueuedDownload each, FetchTrouble trouble, long newBytes) {
        log.info("Download of {}: {}", each.row().name(), trouble.sentence(), trouble);
        if (each.row().wish() != DownloadRow.Wish.WANTED) return;
        NextTry.Tries tries = each.failed(newBytes > 0, trouble.next());
        switch (NextTry.after(trouble, tries, parts.random())) {
            case NextTry.ByPerson(String sentence) -> fail(each, sentence);
            case NextTry.Again(String sentence, Duration delay) -> again(each, sentence, delay);
            case NextTry.Anew(String sentence, Duration delay) -> {
                if (!each.row().ordered()) change(each, each.row().learned(OptionalLong.empty(), Optional.empty()));
                again(each, sentence, delay);
            }
        }
    }

    private void fail(QueuedDownload each, String sentence) {
        change(each, each.row().failed(sentence));
        each.state(new Download.State.Failed(sentence));
    }

    private void again(QueuedDownload each, String sentence, Duration wait) {
        each.state(new Download.State.Retrying(sentence, wait));
        each.alarm(parts.alarms()
                .after(
                        wait,
                        () -> mailbox.post(() -> {
                            each.due();
                            next();
                            tell();
                        })));
    }

    private void tell() {
        List<QueuedDownload> done = list.stream().filter(QueuedDownload::isDone).toList();
        done.stream().limit(Math.max(0, done.size() - MOST_DONE_SHOWN)).forEach(list::remove);
        all.set(list.stream().map(QueuedDownload::shown).toList());
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return mailbox.ask(question);
        } catch (CompletionException e) {
            if (e.getCause() instanceof HostException known) throw known;
            throw e;
        }
    }
}
