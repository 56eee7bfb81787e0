package com.peerllm.host;

import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.AvailabilityService;
import com.peerllm.host.availability.PauseControl;
import com.peerllm.host.availability.StayAwake;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Lifecycles;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.modelstore.Disk;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.DownloadParts;
import com.peerllm.host.modelstore.DownloadQueue;
import com.peerllm.host.modelstore.Downloads;
import com.peerllm.host.platform.OperatingSystem;
import com.peerllm.host.platform.sensors.SensorChoice;
import com.peerllm.host.platform.sensors.SleepInhibitors;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Everything that runs in a program that hosts, with a window or without: the one place where its parts are made and put in
 * order. Stopping is the reverse of starting.
 */
public final class HostProgram implements AutoCloseable {
    private final LocalHost host;
    private final AvailabilityService availability;
    private final DownloadQueue downloads;
    private final HostAccount account;
    private final Lifecycles parts;
    private final Set<String> seenDone = new HashSet<>();

    /** Opens all of it; sharing begins when somebody says so, see {@link LocalHost}. */
    public HostProgram(HostData data, LinkOptions link, Machine machine, Surroundings around) {
        ThreadAlarms alarms = new ThreadAlarms(around.threads());
        Mailbox sensing = new Mailbox(around.threads());
        OperatingSystem os = OperatingSystem.of(around.properties().getProperty("os.name", ""));
        // The sensors are asked more often while somebody wants to share, which the host, made after them, knows.
        AtomicReference<Signal<Boolean>> wanted = new AtomicReference<>(new Signal<>(false));
        availability = new AvailabilityService(
                data.folders(),
                data.settings(),
                SensorChoice.ofThisComputer(os, around.environment(), around.clock()),
                () -> wanted.get().get(),
                new AvailabilityService.Time(alarms, sensing::post, around.clock(), ZoneId::systemDefault));
        host = new LocalHost(data, link, machine, availability.availability(), around);
        wanted.set(host.wanted());
        downloads = new DownloadQueue(
                data.downloads(),
                data.models(),
                data.modelsFolder(),
                new DownloadParts(
                        DownloadParts.http(DownloadParts.STALL_PATIENCE),
                        Disk.REAL,
                        () -> data.settings().current().get().rules().downloadBytesPerSecond(),
                        alarms,
                        around.clock(),
                        around.threads(),
                        around.random()));
        Signal.Subscription arrivals = downloads.all().subscribe(this::welcome);
        account = new HostAccount(data, link, host.session(), alarms, around);
        parts = new Lifecycles(List.of(
                Lifecycle.stopping(account::close),
                Lifecycle.stopping(alarms::close),
                Lifecycle.stopping(sensing::close),
                availability,
                new StayAwake(
                        host.wanted(),
                        availability.availability(),
                        availability.readings(),
                        SleepInhibitors.of(os, around.environment(), around.threads()),
                        sensing::post),
                Lifecycle.stopping(host::close),
                downloads,
                Lifecycle.stopping(arrivals::close)));
        parts.start();
    }

    /** A model that has arrived is seen at once. */
    private synchronized void welcome(List<Download> all) {
        boolean arrived = false;
        for (Download download : all)
            if (download.state() instanceof Download.State.Done) arrived |= seenDone.add(download.id());
        if (arrived) host.lookAtModels();
    }

    public LocalHost host() {
        return host;
    }

    public Signal<Availability> availability() {
        return availability.availability();
    }

    /** What the person decides for a while over the rules. */
    public PauseControl pauses() {
        return availability;
    }

    /** With what the sensors say. */
    public AvailabilityService rules() {
        return availability;
    }

    public Downloads downloads() {
        return downloads;
    }

    /** What the network knows of this host. */
    public HostAccount account() {
        return account;
    }

    @Override
    public void close() {
        parts.stop();
    }
}
