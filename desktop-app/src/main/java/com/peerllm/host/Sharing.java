package com.peerllm.host;

import com.peerllm.host.availability.Availability;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.session.SessionState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares this computer's models while its person wants to and the rules allow it: begins, pauses, goes on and ends.
 *
 * <p>A host that cannot go on without a person ends sharing, so that it takes no memory; why it stopped stays to be read.
 *
 * <p>What begins or ends holds the lock of this, which may take as long as a start; only {@link #end} cancels one that runs.
 * What the host tells from its own threads comes through the mailbox, because they must not wait for the host's end.
 */
final class Sharing implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sharing.class);
    private static final SessionState NOT_SHARING = new SessionState.Offline("Not sharing.", Optional.empty());

    private final HostData data;
    private final LinkOptions link;
    private final Surroundings around;
    private final Signal<Availability> availability;
    private final EngineRoom engineRoom;
    private final ModelShelf shelf;
    private final Runnable receiptsCame;
    private final Mailbox changes;
    private final Signal<Boolean> wanted = new Signal<>(false);
    private final Signal<Optional<String>> trouble = new Signal<>(Optional.empty());
    private final Signal<List<String>> offered;
    private final Signal<SessionState> session = new Signal<>(NOT_SHARING);
    private final Signal<EngineState> engine = new Signal<>(new EngineState.Stopped());
    private final List<Signal.Subscription> watching;

    private volatile Cancellation starting = new Cancellation();
    private volatile Optional<SharedRun> run = Optional.empty();
    private volatile Work earlierRuns = Work.NONE;
    /** What the command line said to serve, instead of what the settings say. */
    private volatile Optional<ServePlan> fixed = Optional.empty();
    /** Nothing is begun again until the person says so. Guarded by this. */
    private boolean needsPerson;

    /**
     * @param availability whether this computer may share now
     * @param receiptsCame called when receipts were kept
     */
    Sharing(
            HostData data,
            LinkOptions link,
            Signal<Availability> availability,
            EngineRoom engineRoom,
            ModelShelf shelf,
            Runnable receiptsCame,
            Surroundings around) {
        this.data = data;
        this.link = link;
        this.around = around;
        this.availability = availability;
        this.engineRoom = engineRoom;
        this.shelf = shelf;
        this.receiptsCame = receiptsCame;
        changes = new Mailbox(around.threads());
        offered = new Signal<>(shelf.offeredNames());
        watching = List.of(
                availability.subscribe(now -> changes.post(this::decide)),
                shelf.runnable().subscribe(models -> changes.post(this::offer)),
                data.settings().current().subscribe(settings -> changes.post(this::offer)));
    }

    // What it tells

    Signal<Boolean> wanted() {
        return wanted;
    }

    Signal<Optional<String>> trouble() {
        return trouble;
    }

    Signal<List<String>> offered() {
        return offered;
    }

    Signal<SessionState> session() {
        return session;
    }

    Signal<EngineState> engine() {
        return engine;
    }

    /** What runs now; empty while nothing is shared. */
    Optional<Host> host() {
        return run.map(SharedRun::host);
    }

    Work work() {
        Work before = earlierRuns;
        return run.map(now -> now.workAfter(before)).orElse(before);
    }

    // What it is told

    /** See {@link LocalHost#share(String)}. */
    void begin(OrchestratorAddress orchestrator) {
        data.settings()
                .update(settings -> settings.edit()
                        .orchestrator(Optional.of(orchestrator.text()))
                        .done());
        fixed = Optional.empty();
        begin();
    }

    /** See {@link LocalHost#share(ServePlan)}. */
    void begin(ServePlan plan) {
        fixed = Optional.of(plan);
        shelf.serveBesides(plan.models());
        begin();
    }

    private void begin() {
        Cancellation mine = new Cancellation();
        starting = mine;
        synchronized (this) {
            needsPerson = false;
            endRun();
            if (allowed()) start(mine);
            wanted.set(true);
            trouble.set(Optional.empty());
        }
    }

    /** As after {@link #begin}, but begins later. */
    void resume() {
        wanted.set(true);
        changes.post(this::decide);
    }

    /** Ends running answers, the connection and the engine; within two seconds. */
    void end() {
        starting.cancel();
        synchronized (this) {
            wanted.set(false);
            needsPerson = false;
            trouble.set(Optional.empty());
            endRun();
            session.set(NOT_SHARING);
            engine.set(new EngineState.Stopped());
        }
    }

    /** Does this soon, unless something is shared then; nothing begins meanwhile. */
    void whileNothingIsShared(Runnable action) {
        changes.post(() -> {
            synchronized (this) {
                if (run.isEmpty()) action.run();
            }
        });
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
                endRun();
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
        offered.set(names(plan));
        Host host = new Host(data, plan, engineRoom.get().pool(), around);
        SharedRun next = new SharedRun(host, session, engine, receiptsCame, this::giveUp);
        run = Optional.of(next);
        next.start();
    }

    private static List<String> names(ServePlan plan) {
        return plan.models().stream().map(PlannedModel::name).toList();
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
            offered.set(fixed.map(Sharing::names).orElseGet(shelf::offeredNames));
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
                endRun();
                if (!(session.get() instanceof SessionState.Refused)) session.set(NOT_SHARING);
                if (!(engine.get() instanceof EngineState.Failed)) engine.set(new EngineState.Stopped());
            }
        });
    }

    /** Ends the run, and gives the memory of its models back. */
    private void endRun() {
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

    /** What the person wants stays for the next start. */
    @Override
    public void close() {
        watching.forEach(Signal.Subscription::close);
        end();
        changes.close();
    }
}
