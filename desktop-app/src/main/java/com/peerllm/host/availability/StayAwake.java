package com.peerllm.host.availability;

import com.peerllm.host.availability.Availability.Available;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import com.peerllm.host.platform.sensors.SleepInhibitor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the computer awake while it works for others, and never on its battery. */
public final class StayAwake implements Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(StayAwake.class);
    private static final String WHY = "Answering for others on the PeerLLM network";

    private final Signal<Boolean> sharing;
    private final Signal<Availability> availability;
    private final Signal<Readings> readings;
    private final SleepInhibitor inhibitor;
    private final Executor inOrder;

    private List<Signal.Subscription> watching = List.of();
    private Optional<SleepInhibitor.Hold> held = Optional.empty();
    private boolean refused;
    private boolean stopped = true;

    /**
     * @param sharing whether the person wants to share
     * @param inOrder runs actions one after another; starting a child program may take a while
     */
    public StayAwake(
            Signal<Boolean> sharing,
            Signal<Availability> availability,
            Signal<Readings> readings,
            SleepInhibitor inhibitor,
            Executor inOrder) {
        this.sharing = sharing;
        this.availability = availability;
        this.readings = readings;
        this.inhibitor = inhibitor;
        this.inOrder = inOrder;
    }

    @Override
    public void start() {
        synchronized (this) {
            stopped = false;
        }
        watching = List.of(
                sharing.subscribe(_ -> inOrder.execute(this::decide)),
                availability.subscribe(_ -> inOrder.execute(this::decide)),
                readings.subscribe(_ -> inOrder.execute(this::decide)));
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        watching.forEach(Signal.Subscription::close);
        release();
    }

    private synchronized void decide() {
        boolean needed = !stopped
                && sharing.get()
                && availability.get() instanceof Available
                && !readings.get().supply().equals(Optional.of(Supply.BATTERY));
        if (!needed) release();
        else if (held.isEmpty() && !refused) hold();
    }

    /** A computer that refuses once is not asked at every reading again. */
    private void hold() {
        try {
            held = Optional.of(inhibitor.hold(WHY));
        } catch (IOException | RuntimeException | LinkageError e) {
            refused = true;
            log.warn("This computer cannot be kept awake while it shares: {}", e.toString());
        }
    }

    private void release() {
        held.ifPresent(SleepInhibitor.Hold::close);
        held = Optional.empty();
    }
}
