package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.storage.DownloadRow;
import java.util.Optional;
import java.util.OptionalLong;

/** One download in the queue, with what is known of it while the program runs. Belongs to the queue's thread. */
final class QueuedDownload {
    private final PartialHash hash = new PartialHash();
    private DownloadRow row;
    private Download.State state;
    private OptionalLong sizeBytes;
    private long receivedBytes;
    private boolean held = true;
    private Pace pace = new Pace();
    private int tries;
    private int beginnings;
    private Optional<Running> running = Optional.empty();
    private Optional<Alarms.Alarm> alarm = Optional.empty();

    private record Running(Transfer transfer, Thread thread) {}

    QueuedDownload(DownloadRow row) {
        this.row = row;
        sizeBytes = row.sizeBytes();
        receivedBytes = PartFile.receivedBytes(row.target());
        state = switch (row.wish()) {
            case PAUSED -> new Download.State.PausedByPerson();
            case FAILED -> new Download.State.Failed(row.trouble().orElse("It failed. Resume to try again."));
            case WANTED, CANCELLED -> new Download.State.Waiting();
        };
    }

    DownloadRow row() {
        return row;
    }

    void row(DownloadRow next) {
        row = next;
        if (next.sizeBytes().isPresent()) sizeBytes = next.sizeBytes();
    }

    PartialHash hash() {
        return hash;
    }

    void state(Download.State next) {
        state = next;
    }

    /** From now on it runs when its turn comes. */
    void release() {
        held = false;
    }

    boolean isDone() {
        return state instanceof Download.State.Done;
    }

    boolean isRunning() {
        return running.isPresent();
    }

    boolean runs(Transfer transfer) {
        return running.filter(now -> now.transfer == transfer).isPresent();
    }

    boolean mayRun() {
        return !held && !isDone() && running.isEmpty() && alarm.isEmpty() && row.wish() == DownloadRow.Wish.WANTED;
    }

    void run(Transfer transfer, Thread thread) {
        running = Optional.of(new Running(transfer, thread));
        thread.start();
    }

    /** Tells the attempt that runs to end. */
    Optional<Thread> halt() {
        running.ifPresent(now -> now.transfer.stop());
        return running.map(Running::thread);
    }

    void ended() {
        running = Optional.empty();
        receivedBytes = PartFile.receivedBytes(row.target());
        if (row.wish() == DownloadRow.Wish.WANTED) state = new Download.State.Waiting();
    }

    void alarm(Alarms.Alarm next) {
        alarm = Optional.of(next);
    }

    void cancelAlarm() {
        alarm.ifPresent(Alarms.Alarm::cancel);
        alarm = Optional.empty();
    }

    /** The wait for another try is over. */
    void due() {
        alarm = Optional.empty();
        state = new Download.State.Waiting();
    }

    /** Counts a try that ended in a trouble. */
    NextTry.Tries failed(boolean broughtBytes, FetchTrouble.Next next) {
        tries = broughtBytes ? 1 : tries + 1;
        if (next == FetchTrouble.Next.ANEW) beginnings++;
        return new NextTry.Tries(tries, beginnings);
    }

    void forgetTroubles() {
        tries = 0;
        beginnings = 0;
    }

    /** What the attempt tells counts only while it is wanted: a paused one stays shown as paused while it ends. */
    void hear(Transfer.Said said) {
        if (row.wish() != DownloadRow.Wish.WANTED) return;
        switch (said) {
            case Transfer.Said.Asking() -> state = new Download.State.Asking();
            case Transfer.Said.Receiving() -> {
                pace = new Pace();
                state = new Download.State.Running(0, Optional.empty());
                pulse(System.nanoTime());
            }
            case Transfer.Said.Verifying(long read, long total) -> {
                receivedBytes = total;
                state = new Download.State.Verifying(read);
            }
            case Transfer.Said.Learned ignored -> {}
            case Transfer.Said.Ended ignored -> {}
        }
    }

    /** Takes over how far the attempt has come. */
    void pulse(long nowNanos) {
        if (running.isEmpty() || !(state instanceof Download.State.Running)) return;
        ReceivedBytes received = running.get().transfer.received();
        receivedBytes = received.bytes();
        if (received.total().isPresent()) sizeBytes = received.total();
        pace.at(nowNanos, receivedBytes);
        state = new Download.State.Running(pace.bytesPerSecond(), pace.left(sizeBytes));
    }

    Download shown() {
        long received = isDone() ? sizeBytes.orElse(receivedBytes) : receivedBytes;
        return new Download(row.id(), row.name(), row.source(), row.target(), sizeBytes, row.digest(), received, state);
    }
}
