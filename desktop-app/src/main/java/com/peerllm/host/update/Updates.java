package com.peerllm.host.update;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.published.DailyLook;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Newer versions of a running program: looked for once a day, fetched when the person wants it, and used from the next start.
 * Neither begins while an answer is made or a model is downloaded; they wait, and say for what.
 *
 * <p>All methods return at once. All state belongs to one thread.
 */
public final class Updates implements Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(Updates.class);
    private static final Duration LOOK_WHETHER_FREE = Duration.ofSeconds(2);

    private final UpdateDesk desk;
    private final Supplier<Optional<String>> whyNotNow;
    private final Alarms alarms;
    private final Mailbox mailbox;
    private final DailyLook daily;
    private final Signal<UpdateState> state;
    private volatile Cancellation running = new Cancellation();
    private Alarms.Alarm waiting = () -> {};

    /**
     * @param whyNotNow what must end first, as a sentence; nothing when nothing does
     * @param wantsLooks whether the person wants it to be looked for by itself
     */
    public Updates(
            UpdateDesk desk,
            Supplier<Optional<String>> whyNotNow,
            BooleanSupplier wantsLooks,
            Alarms alarms,
            RandomGenerator random,
            ThreadFactory threads) {
        this.desk = desk;
        this.whyNotNow = whyNotNow;
        this.alarms = alarms;
        mailbox = new Mailbox(threads);
        daily = new DailyLook(desk.last(), alarms, random, () -> {
            if (wantsLooks.getAsBoolean()) look();
        });
        state = new Signal<>(desk.hasAddress() ? new UpdateState.NotLooked() : new UpdateState.NoAddress());
    }

    public Signal<UpdateState> state() {
        return state;
    }

    /** Whether this build knows where newer versions are. */
    public boolean hasAddress() {
        return desk.hasAddress();
    }

    /** Asks at the address now, unless something is under way. */
    public void look() {
        mailbox.post(() -> {
            if (isUnderWay()) return;
            state.set(new UpdateState.Looking());
            settle(this::looked, desk::known);
        });
    }

    private boolean isUnderWay() {
        return state.get() instanceof UpdateState.Waiting
                || state.get() instanceof UpdateState.Downloading
                || state.get() instanceof UpdateState.Installing;
    }

    /** Nothing new is no reason to forget what is ready. */
    private UpdateState looked() {
        UpdateState now = desk.look();
        boolean nothing = now instanceof UpdateState.Refused || now instanceof UpdateState.Unreachable;
        UpdateState known = nothing ? desk.known() : now;
        return known instanceof UpdateState.Staged || known instanceof UpdateState.Applied ? known : now;
    }

    private void settle(Supplier<UpdateState> work, Supplier<UpdateState> otherwise) {
        try {
            state.set(work.get());
        } catch (CancellationException e) {
            state.set(otherwise.get());
        } catch (HostException e) {
            log.info("Update: {}", e.sentence());
            state.set(new UpdateState.Refused(e.sentence()));
        }
    }

    /** Fetches the version that is there, as soon as nothing is in the way; also once more after a failure. */
    public void download() {
        mailbox.post(() -> {
            if (state.get() instanceof UpdateState.Failed) state.set(desk.known());
            if (!(state.get() instanceof UpdateState.Available offer)
                    || offer.file().isEmpty()) return;
            Cancellation mine = new Cancellation();
            running = mine;
            whenFree(offer.release(), mine, () -> fetch(offer, mine));
        });
    }

    private void fetch(UpdateState.Available offer, Cancellation mine) {
        Release release = offer.release();
        ReleaseFile file = offer.file().orElseThrow();
        state.set(new UpdateState.Downloading(release, 0, file.sizeBytes()));
        try {
            state.set(desk.stage(release, file, state::set, mine));
            log.info("Version {} is ready", release.version());
        } catch (CancellationException e) {
            state.set(desk.known());
        } catch (HostException e) {
            log.warn("Version {} did not come: {}", release.version(), e.sentence());
            state.set(new UpdateState.Failed(release, e.sentence()));
        }
    }

    /**
     * Brings the version that is ready into use, as soon as nothing is in the way.
     *
     * @param then called when the next start has it, to end this program and start it again
     */
    public void apply(Runnable then) {
        mailbox.post(() -> {
            if (state.get() instanceof UpdateState.Applied) {
                then.run();
                return;
            }
            if (!(state.get() instanceof UpdateState.Staged staged)) return;
            Cancellation mine = new Cancellation();
            running = mine;
            whenFree(staged.release(), mine, () -> {
                state.set(new UpdateState.Installing(staged.release()));
                state.set(applied(staged, mine));
                if (state.get() instanceof UpdateState.Applied) then.run();
            });
        });
    }

    private UpdateState applied(UpdateState.Staged staged, Cancellation mine) {
        try {
            return desk.apply(staged, mine);
        } catch (CancellationException e) {
            return desk.known();
        } catch (HostException e) {
            log.warn("Version {} was not brought into use: {}", staged.release().version(), e.sentence());
            return new UpdateState.Failed(staged.release(), e.sentence());
        }
    }

    private void whenFree(Release release, Cancellation mine, Runnable action) {
        if (mine.isCancelled()) return;
        Optional<String> why = whyNotNow.get();
        if (why.isEmpty()) {
            action.run();
            return;
        }
        state.set(new UpdateState.Waiting(release, why.get()));
        waiting = alarms.after(LOOK_WHETHER_FREE, () -> mailbox.post(() -> whenFree(release, mine, action)));
    }

    /** Ends the waiting or the download; what was received stays. */
    public void cancel() {
        running.cancel();
        mailbox.post(() -> {
            waiting.cancel();
            if (state.get() instanceof UpdateState.Waiting) state.set(desk.known());
        });
    }

    @Override
    public void start() {
        if (!desk.hasAddress()) return;
        mailbox.post(() -> settle(
                () -> {
                    desk.tidy();
                    return desk.known();
                },
                UpdateState.NotLooked::new));
        daily.start();
    }

    /** A version that is ready and needs nobody is used from the next start. */
    @Override
    public void stop() {
        daily.stop();
        running.cancel();
        mailbox.post(() -> {
            if (!(state.get() instanceof UpdateState.Staged staged) || !(staged.way() instanceof Way.Switch)) return;
            state.set(applied(staged, new Cancellation()));
        });
        mailbox.close();
    }
}
