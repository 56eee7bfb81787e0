package com.peerllm.host;

import com.peerllm.host.answering.OwnModels;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.earnings.EarningsFeed;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.shared.model.ModelDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The host inside a program, for as long as the program runs: one for the window and for the command line. It shares while its
 * person wants to and the rules allow it, and its models answer its person at any time.
 */
public final class LocalHost implements AutoCloseable {
    /** Models that nobody asked for so long leave memory while nothing is shared. */
    private static final Duration KEPT_IN_MEMORY = Duration.ofMinutes(10);

    private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

    private final HostData data;
    private final LinkOptions link;
    private final Surroundings around;
    private final Signal<Availability> availability;
    private final EngineRoom engineRoom;
    private final ModelShelf shelf;
    private final OwnAnswers ownAnswers;
    private final ShelfChanges models;
    private final EarningsFeed earnings;
    private final ThreadAlarms alarms;
    private final Sharing sharing;

    /** @param availability whether this computer may share now */
    public LocalHost(
            HostData data, LinkOptions link, Machine machine, Signal<Availability> availability, Surroundings around) {
        this.data = data;
        this.link = link;
        this.around = around;
        this.availability = availability;
        engineRoom = new EngineRoom(data, machine, around);
        shelf = new ModelShelf(data, engineRoom, around);
        ownAnswers = new OwnAnswers(shelf, engineRoom, around.clock());
        models = new ShelfChanges(data, shelf, engineRoom, around.threads());
        earnings = new EarningsFeed(data.receipts(), around.threads());
        alarms = new ThreadAlarms(around.threads());
        sharing = new Sharing(data, link, availability, engineRoom, shelf, earnings::readAgain, around);
        shelf.open();
        alarms.after(LOOK_AROUND, this::lookAround);
    }

    // What it tells

    /** This host's name on the network. */
    public String pseudonym() {
        return data.identity().hostId().pseudonym();
    }

    /** The names of the models that are offered, or will be when sharing starts; the first is the one named to people. */
    public Signal<List<String>> offered() {
        return sharing.offered();
    }

    public Signal<HostSettings> settings() {
        return data.settings().current();
    }

    /** Whether the person wants to share, when the rules allow it. */
    public Signal<Boolean> wanted() {
        return sharing.wanted();
    }

    public Signal<Availability> availability() {
        return availability;
    }

    /** Why sharing that was wanted could not begin; a sentence with what to do. */
    public Signal<Optional<String>> trouble() {
        return sharing.trouble();
    }

    public Signal<SessionState> session() {
        return sharing.session();
    }

    public Signal<EngineState> engine() {
        return sharing.engine();
    }

    public Signal<Earnings> earnings() {
        return earnings.earnings();
    }

    public HostModels models() {
        return models;
    }

    /**
     * What a person is told about published models on this computer, by what was measured here until now. May take a second.
     *
     * @return empty when the engine does not run here
     */
    public Optional<Advisor> advisor() {
        return shelf.advisor();
    }

    /** Looks anew at what is there: after a download, or when a file was put back. */
    public void lookAtModels() {
        shelf.refresh();
    }

    public OwnModels ownModels() {
        return ownAnswers;
    }

    /** What is served now; empty while nothing is. */
    public Optional<ServePlan> serving() {
        return sharing.host().map(Host::plan);
    }

    /** The state of each model that is served now. */
    public Map<ModelDigest, EngineState> servedStates() {
        return sharing.host().map(Host::modelStates).orElse(Map.of());
    }

    /** What a person should know about the models that are served. */
    public List<String> notes() {
        return sharing.host().map(Host::notes).orElse(List.of());
    }

    /** Read now and then, because it changes with each token. */
    public Work work() {
        return sharing.work();
    }

    // What the person says

    /**
     * Shares the settings' models with the network at this address whenever the rules allow it, also after the next start of the
     * program. Returns when sharing has begun, or waits for the rules; may take long.
     *
     * @throws HostException with what to do, when the address or the model cannot be used
     */
    public void share(String address) {
        OrchestratorAddress orchestrator = OrchestratorAddress.parse(address, link.allowPlaintext());
        sharing.begin(orchestrator);
        data.settings().update(settings -> settings.edit().sharing(true).done());
    }

    /** Shares this and nothing else until the program ends; otherwise as {@link #share(String)}. */
    public void share(ServePlan plan) {
        sharing.begin(plan);
    }

    /** Shares again if that is what was wanted when the program ended; returns at once. */
    public void resume() {
        HostSettings settings = data.settings().current().get();
        if (!settings.sharing() || settings.orchestrator().isEmpty()) return;
        sharing.resume();
    }

    /** Ends running answers, the connection and the engine; within two seconds. */
    public void stopSharing() {
        data.settings().update(settings -> settings.edit().sharing(false).done());
        sharing.end();
    }

    private void lookAround() {
        sharing.whileNothingIsShared(() -> {
            boolean asked =
                    around.clock().instant().isBefore(ownAnswers.lastAsked().plus(KEPT_IN_MEMORY));
            if (!asked)
                engineRoom.ifMade().ifPresent(made -> made.pool().models().unloadIdle());
        });
        alarms.after(LOOK_AROUND, this::lookAround);
    }

    /** Ends everything, within three seconds; what the person wants stays for the next start. */
    @Override
    public void close() {
        alarms.close();
        sharing.close();
        shelf.close();
        engineRoom.close();
        earnings.close();
    }
}
