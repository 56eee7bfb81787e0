package com.peerllm.host;

import com.peerllm.host.answering.Assistant;
import com.peerllm.host.answering.Network;
import com.peerllm.host.answering.NetworkKey;
import com.peerllm.host.answering.PersonalAssistant;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.AvailabilityService;
import com.peerllm.host.availability.PauseControl;
import com.peerllm.host.availability.StayAwake;
import com.peerllm.host.catalog.CatalogInUse;
import com.peerllm.host.catalog.Catalogs;
import com.peerllm.host.catalog.NewerCatalog;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Lifecycles;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.listings.Listings;
import com.peerllm.host.localapi.LocalApi;
import com.peerllm.host.localapi.LocalApiKey;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.DownloadQueue;
import com.peerllm.host.modelstore.Downloads;
import com.peerllm.host.platform.OperatingSystem;
import com.peerllm.host.platform.sensors.SensorChoice;
import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.platform.sensors.SleepInhibitors;
import com.peerllm.host.published.BuildValues;
import com.peerllm.host.published.LastLook;
import com.peerllm.host.session.LinkHttp;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.update.Updates;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/**
 * Everything that runs in a program that hosts, with a window or without: the one place where its parts are made and put in
 * order. Stopping is the reverse of starting.
 */
public final class HostProgram implements AutoCloseable {
    private final LocalHost host;
    private final Sensors sensors;
    private final AvailabilityService availability;
    private final DownloadQueue downloads;
    private final Listings listings;
    private final Assistant assistant;
    private final Network network;
    private final LocalApiKey localApiKey;
    private final LocalApi localApi;
    private final HostAccount account;
    private final CatalogInUse catalog;
    private final Updates updates;
    private final Lifecycles parts;
    private final Set<String> seenDone = new HashSet<>();

    /** Opens all of it; sharing begins when somebody says so, see {@link LocalHost}. */
    public HostProgram(HostData data, LinkOptions link, Machine machine, Surroundings around) {
        ThreadAlarms alarms = new ThreadAlarms(around.threads());
        Mailbox sensing = new Mailbox(around.threads());
        OperatingSystem os = OperatingSystem.of(around.properties().getProperty("os.name", ""));
        // The sensors are asked more often while somebody wants to share, which the host, made after them, knows.
        AtomicReference<Signal<Boolean>> wanted = new AtomicReference<>(new Signal<>(false));
        sensors = SensorChoice.ofThisComputer(os, around.environment(), around.clock());
        availability = new AvailabilityService(
                data.folders(),
                data.settings(),
                sensors,
                () -> wanted.get().get(),
                new AvailabilityService.Time(alarms, sensing::post, around.clock(), ZoneId::systemDefault));
        host = new LocalHost(data, link, machine, availability.availability(), around);
        wanted.set(host.wanted());
        listings = new Listings(data.listings(), around.clock(), around.random());
        downloads = data.downloads(alarms, around);
        OkHttpClient http = LinkHttp.client(link.ownCa(), around.threads());
        network = new Network(
                http,
                () -> address(data, link, host),
                new NetworkKey(data.folders().networkKey()),
                around.clock());
        assistant = new PersonalAssistant(host.ownModels(), network, host.settings(), around.threads());
        localApiKey = new LocalApiKey(data.folders().localApiKey(), around.random());
        localApi = new LocalApi(
                host.ownModels(),
                network,
                localApiKey,
                host.settings(),
                around.threads(),
                around.clock(),
                around.random());
        Signal.Subscription arrivals = downloads.all().subscribe(this::welcome);
        account = new HostAccount(data, link, host.session(), alarms, around);
        LastLook catalogLook = new LastLook(data.folders().catalogLook(), around.clock());
        NewerCatalog newer =
                new NewerCatalog(new Catalogs(data.folders()), new BuildValues(around.properties()), http, catalogLook);
        catalog = new CatalogInUse(newer, catalogLook, alarms, around.random(), around.threads());
        updates = new Updates(
                UpdateWiring.desk(
                        data.folders(),
                        () -> data.settings().current().get().rules().downloadBytesPerSecond(),
                        hasWindow(around),
                        around),
                this::whyNoUpdateNow,
                () -> data.settings().current().get().looksForUpdates(),
                alarms,
                around.random(),
                around.threads());
        Signal.Subscription refusals = host.session().subscribe(this::lookWhenTooOld);
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
                Lifecycle.stopping(() -> LinkHttp.close(http)),
                // Stops after the host: a version that is ready is used when no answer is made any more.
                updates,
                Lifecycle.stopping(host::close),
                localApi,
                catalog,
                downloads,
                Lifecycle.stopping(refusals::close),
                Lifecycle.stopping(arrivals::close)));
        parts.start();
    }

    /** The network that is served now, which the command line may have named; else that of the settings. */
    private static OrchestratorAddress address(HostData data, LinkOptions link, LocalHost host) {
        Optional<OrchestratorAddress> served = host.serving().map(ServePlan::orchestrator);
        if (served.isPresent()) return served.get();
        String text = data.settings()
                .current()
                .get()
                .orchestrator()
                .orElseThrow(() -> new HostException(
                        Problem.ORCHESTRATOR, "No network is known yet. Enter its address in the settings."));
        return OrchestratorAddress.parse(text, link.allowPlaintext());
    }

    /** Where the system's own question for rights can be seen. */
    private static boolean hasWindow(Surroundings around) {
        return Stream.of("DISPLAY", "WAYLAND_DISPLAY")
                .anyMatch(name -> !around.environment().getOrDefault(name, "").isBlank());
    }

    private Optional<String> whyNoUpdateNow() {
        if (host.work().answersRunning() > 0) return Optional.of("An answer is being made for the network.");
        if (runningDownloads() > 0) return Optional.of("A model is being downloaded.");
        return Optional.empty();
    }

    /** Downloads that are neither paused nor waiting for somebody. */
    public int runningDownloads() {
        return (int) downloads.all().get().stream()
                .map(Download::state)
                .filter(state -> state instanceof Download.State.Asking
                        || state instanceof Download.State.Running
                        || state instanceof Download.State.Verifying)
                .count();
    }

    /** The network does not take this version any more. */
    private void lookWhenTooOld(SessionState state) {
        if (state instanceof SessionState.Refused refused && refused.isForOldProgram()) updates.look();
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

    /** What this computer can tell about itself. */
    public Sensors sensors() {
        return sensors;
    }

    public Downloads downloads() {
        return downloads;
    }

    public Listings listings() {
        return listings;
    }

    /** The published models to choose from. */
    public CatalogInUse catalog() {
        return catalog;
    }

    /** Newer versions of this program. */
    public Updates updates() {
        return updates;
    }

    /** Answers the person in front of this computer. */
    public Assistant assistant() {
        return assistant;
    }

    /** The network as the person asks it. */
    public Network network() {
        return network;
    }

    public LocalApi localApi() {
        return localApi;
    }

    public LocalApiKey localApiKey() {
        return localApiKey;
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
