package com.peerllm.host.availability;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.settings.SettingsWish;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.settings.WishedSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the availability of this computer up to date: looks each second at what the person decided, here or from another
 * program, and at the sensors as often as it matters; within a second after the person comes back it is paused.
 */
public final class AvailabilityService implements Lifecycle, PauseControl {
    private static final Logger log = LoggerFactory.getLogger(AvailabilityService.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final SettingsStore settings;
    private final Sensors sensors;
    private final SensorWatch watch;
    private final DecisionFile decisions;
    private final WishedSettings wishes;
    private final BooleanSupplier sharing;
    private final Time time;

    private final Signal<Readings> readings;
    private final Signal<Availability> availability;

    // These belong to the executor of time.
    private Decision decision;
    private String seen;
    private boolean tooHot;

    private volatile Optional<Instant> nextChange = Optional.empty();
    private volatile boolean stopped = true;
    private volatile Alarms.Alarm next = () -> {};
    private volatile Signal.Subscription watching = () -> {};

    /**
     * How it takes its time.
     *
     * @param inOrder runs actions one after another, not on the alarms' thread, for sensors may take a while
     * @param zone asked each time, for a person may travel
     */
    public record Time(Alarms alarms, Executor inOrder, InstantSource clock, Supplier<ZoneId> zone) {}

    /**
     * Asks each sensor once.
     *
     * @param sharing whether the person wants to share: then the sensors are asked more often
     */
    public AvailabilityService(
            AppFolders folders, SettingsStore settings, Sensors sensors, BooleanSupplier sharing, Time time) {
        this.settings = settings;
        this.sensors = sensors;
        watch = new SensorWatch(sensors);
        this.sharing = sharing;
        this.time = time;
        decisions = new DecisionFile(folders.decision());
        wishes = new WishedSettings(folders.wishedSettings());
        seen = decisions.text();
        decision = DecisionFile.parse(seen);
        // Known before anything starts, so that nothing begins that must not.
        readings = new Signal<>(watch.read(rules(), true, time.clock.instant()));
        availability = new Signal<>(situation(readings.get()).availability());
    }

    public Signal<Availability> availability() {
        return availability;
    }

    /** When it changes by itself, or may, if no sensor says anything new. */
    public Optional<Instant> nextChange() {
        return nextChange;
    }

    /** What this computer can tell about itself. */
    public Sensors sensors() {
        return sensors;
    }

    /** What the sensors said last. */
    public Signal<Readings> readings() {
        return readings;
    }

    @Override
    public void start() {
        stopped = false;
        watching = settings.current().subscribe(changed -> time.inOrder.execute(this::look));
        await();
    }

    @Override
    public void stop() {
        stopped = true;
        watching.close();
        next.cancel();
    }

    private void await() {
        if (stopped) return;
        next = time.alarms.after(
                EVERY,
                () -> time.inOrder.execute(() -> {
                    try {
                        look();
                    } finally {
                        await();
                    }
                }));
    }

    private void look() {
        if (stopped) return;
        String written = decisions.text();
        if (!written.equals(seen)) {
            seen = written;
            decision = DecisionFile.parse(written);
        }
        wishes.take(this::adopt);
        tell();
    }

    private void adopt(SettingsWish wish) {
        try {
            settings.update(wish::on);
        } catch (HostException e) {
            log.warn("Settings from another program could not be kept", e);
        }
    }

    private void tell() {
        boolean mayWork = sharing.getAsBoolean() && !(decision.at(time.clock.instant()) instanceof Decision.Pause);
        Readings now = watch.read(rules(), mayWork, time.clock.instant());
        readings.set(now);
        Situation situation = situation(now);
        Availability next = situation.availability();
        tooHot = isTooHot(next);
        nextChange = situation.nextChange();
        availability.set(next);
    }

    private Situation situation(Readings now) {
        return new Situation(rules(), now, decision, tooHot, time.clock.instant(), time.zone.get());
    }

    private static boolean isTooHot(Availability next) {
        return next instanceof Availability.Paused(var reasons)
                && reasons.stream().anyMatch(PauseReason.TooHot.class::isInstance);
    }

    private SharingRules rules() {
        return settings.current().get().rules();
    }

    @Override
    public void shareAnywayUntil(Instant end) {
        decide(new Decision.ShareAnyway(end));
    }

    @Override
    public void pauseUntil(Optional<Instant> end) {
        decide(new Decision.Pause(end));
    }

    @Override
    public void followRules() {
        decide(new Decision.FollowRules());
    }

    /** Counts also when it cannot be written: then it is forgotten when the program ends. */
    private void decide(Decision made) {
        time.inOrder.execute(() -> {
            decision = made;
            try {
                decisions.write(made);
                seen = decisions.text();
            } catch (HostException e) {
                log.warn("A decision counts until the program ends only", e);
            }
            tell();
        });
    }
}
