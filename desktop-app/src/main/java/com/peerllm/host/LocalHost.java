package com.peerllm.host;

import com.peerllm.host.answering.OwnModels;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.earnings.EarningsFeed;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Mailbox;
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
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host inside a program, for as long as the program runs: one for the window and for the command line. It shares while its
 * person wants to and the rules allow it, and its models answer its person at any time.
 *
 * <p>A host that cannot go on without a person ends sharing, so that it takes no memory; why it stopped stays to be read.
 */
public final class LocalHost implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalHost.class);
    private static final SessionState NOT_SHARING = new SessionState.Offline("Not sharing.", Optional.empty());

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
    private final Mailbox changes;
    private final Signal<Boolean> wanted = new Signal<>(false);
    private final Signal<Optional<String>> trouble = new Signal<>(Optional.empty());
    private final Signal<String> modelName;
    private final Signal<SessionState> session = new Signal<>(NOT_SHARING);
    private final Signal<EngineState> engine = new Signal<>(new EngineState.Stopped());
    private final List<Signal.Subscription> watching;

    private volatile Cancellation starting = new Cancellation();
    private volatile Optional<SharedRun> run = Optional.empty();
    private volatile Work earlierRuns = Work.NONE;
    /** What the command line said to serve, instead of what the settings say. */
    private volatile Optional<ServePlan> fixed = Optional.empty();
    /** Nothing is begun again until the person says so. */
    private boolean needsPerson;

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
        changes = new Mailbox(around.threads());
        modelName = new Signal<>(shelf.firstName());
        shelf.open();
        watching = List.of(
                availability.subscribe(now -> changes.post(this::decide)),
                shelf.runnable().subscribe(models -> changes.post(this::offer)),
                data.settings().current().subscribe(settings -> changes.post(this::offer)));
        alarms.after(LOOK_AROUND, this::lookAround);
    }

    // What it tells

    /** This host's name on the network. */
    public String pseudonym() {
        return data.identity().hostId().pseudonym();
    }

    /** The model that is served, or will be when sharing starts. */
    public Signal<String> modelName() {
        return modelName;
    }

    public Signal<HostSettings> settings() {
        return data.settings().current();
    }

    /** Whether the person wants to share, when the rules allow it. */
    public Signal<Boolean> wanted() {
        return wanted;
    }

    public Signal<Availability> availability() {
        return availability;
    }

    /** Why sharing that was wanted could not begin; a sentence with what to do. */
    public Signal<Optional<String>> trouble() {
        return trouble;
    }

    public Signal<SessionState> session() {
        return session;
    }

    public Signal<EngineState> engine() {
        return engine;
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
        return run.map(SharedRun::host).map(Host::plan);
    }

    /** The state of each model that is served now. */
    public Map<ModelDigest, EngineState> servedStates() {
        return run.map(SharedRun::host).map(Host::modelStates).orElse(Map.of());
    }

    /** What a person should know about the models that are served. */
    public List<String> notes() {
        return run.map(SharedRun::host).map(Host::notes).orElse(List.of());
    }

    /** Read now and then, because it changes with each token. */
    public Work work() {
        Work before = earlierRuns;
        return run.map(now -> now.workAfter(before)).orElse(before);
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
        data.settings()
                .update(settings -> settings.edit()
                        .orchestrator(Optional.of(orchestrator.text()))
                        .done());
        fixed = Optional.empty();
        begin();
        data.settings().update(settings -> settings.edit().sharing(true).done());
    }

    /** Shares this and nothing else until the program ends; otherwise as {@link #share(String)}. */
    public void share(ServePlan plan) {
        fixed = Optional.of(plan);
        shelf.serveBesides(plan.models());
        begin();
    }

    /** Shares again if that is what was wanted when the program ended; returns at once. */
    public void resume() {
        HostSettings settings = data.settings().current().get();
        if (!settings.sharing() || settings.orchestrator().isEmpty()) return;
        wanted.set(true);
        changes.post(this::decide);
    }

    /** Ends running answers, the connection and the engine; within two seconds. */
    public void stopSharing() {
        data.settings().update(settings -> settings.edit().sharing(false).done());
        endSharing();
    }

    private void endSharing() {
        starting.cancel();
        synchronized (this) {
            wanted.set(false);
            needsPerson = false;
            trouble.set(Optional.empty());
            end();
            session.set(NOT_SHARING);
            engine.set(new EngineState.Stopped());
        }
    }

    private void begin() {
        Cancellation mine = new Cancellation();
        starting = mine;
        synchronized (this) {
            needsPerson = false;
            end();
            if (allowed()) start(mine);
            wanted.set(true);
            trouble.set(Optional.empty());
        }
    }

    // What it does

    private boolean allowed() {
        return availability.get() instanceof Availability.Available;
    }

    /** Begins or ends sharing as the rules say now. */
    private void decide() {
        synchronized (this) {
            boolean now = wanted.get() && !needsPerson && allowed();
            if (now == run.isPresent()) return;
            if (!now) {
                end();
                session.set(NOT_SHARING);
                engine.set(new EngineState.Stopped());
                return;
            }
            Cancellation mine = new Cancellation();
            starting = mine;
            try {
                start(mine);
                trouble.set(Optional.empty());
            } catch (HostException e) {
                log.warn("Sharing could not begin: {}", e.problem());
                needsPerson = true;
                trouble.set(Optional.of(e.sentence()));
            } catch (CancellationException e) {
                log.info("A start of sharing was cancelled");
            }
        }
    }

    private void start(Cancellation cancellation) {
        ServePlan plan = fixed.isPresent() ? fixed.get() : settingsPlan(cancellation);
        shelf.serveBesides(fixed.map(ServePlan::models).orElse(List.of()));
        modelName.set(plan.model().model().name());
        Host host = new Host(data, plan, engineRoom.get().pool(), around);
        SharedRun next = new SharedRun(host, session, engine, earnings::readAgain, this::giveUp);
        run = Optional.of(next);
        next.start();
    }

    private ServePlan settingsPlan(Cancellation cancellation) {
        String address = data.settings().current().get().orchestrator().orElseThrow();
        OrchestratorAddress orchestrator = OrchestratorAddress.parse(address, link.allowPlaintext());
        List<PlannedModel> offers = shelf.offers(cancellation);
        return new ServePlan(orchestrator, link.ownCa(), engineRoom.get().profile(), offers);
    }

    /** The list of models or what of it is offered has changed. */
    private void offer() {
        synchronized (this) {
            modelName.set(fixed.map(plan -> plan.model().model().name()).orElseGet(shelf::firstName));
            if (run.isEmpty() || fixed.isPresent()) return;
            List<PlannedModel> now = shelf.offeredNow();
            if (!now.isEmpty() && !now.equals(run.get().host().plan().models()))
                run.get().host().offer(now);
        }
    }

    /** Called on the host's own threads, which must not wait for the host's end. */
    private void giveUp(SharedRun failed) {
        changes.post(() -> {
            synchronized (this) {
                if (run.filter(current -> current == failed).isEmpty()) return;
                needsPerson = true;
                failed.detach();
                end();
                if (!(session.get() instanceof SessionState.Refused)) session.set(NOT_SHARING);
                if (!(engine.get() instanceof EngineState.Failed)) engine.set(new EngineState.Stopped());
            }
        });
    }

    /** Ends the run, and gives the memory of its models back. */
    private void end() {
        if (run.isEmpty()) return;
        SharedRun last = run.get();
        try {
            last.stop();
        } finally {
            earlierRuns = last.workAfter(earlierRuns);
            run = Optional.empty();
            engineRoom.ifMade().ifPresent(made -> made.pool().models().unloadIdle());
        }
    }

    private void lookAround() {
        changes.post(() -> {
            synchronized (this) {
                boolean asked =
                        around.clock().instant().isBefore(ownAnswers.lastAsked().plus(KEPT_IN_MEMORY));
                if (run.isEmpty() && !asked)
                    engineRoom.ifMade().ifPresent(made -> made.pool().models().unloadIdle());
            }
        });
        alarms.after(LOOK_AROUND, this::lookAround);
    }

    /** Ends everything, within three seconds; what the person wants stays for the next start. */
    @Override
    public void close() {
        watching.forEach(Signal.Subscription::close);
        alarms.close();
        endSharing();
        changes.close();
        shelf.close();
        engineRoom.close();
        earnings.close();
    }
}
