package com.peerllm.host;

import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.earnings.EarningsFeed;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.settings.HostSettings;
import java.util.Optional;

/**
 * The host inside this program, as the screens see it: makes one each time sharing starts, and tells what it does under the
 * same signals over all of them.
 *
 * <p>A host that cannot go on without a person is stopped, so that it takes no memory; why it stopped stays to be read.
 */
public final class LocalHost implements AutoCloseable {
    private static final SessionState NOT_SHARING = new SessionState.Offline("Not sharing.", Optional.empty());

    private final HostData data;
    private final Machine machine;
    private final SharePlanner planner;
    private final Surroundings around;
    private final EarningsFeed earnings;
    private final Signal<String> modelName;
    private final Signal<SessionState> session = new Signal<>(NOT_SHARING);
    private final Signal<EngineState> engine = new Signal<>(new EngineState.Stopped());

    private volatile Cancellation starting = new Cancellation();
    private volatile Optional<SharedRun> run = Optional.empty();
    private volatile Work earlierRuns = Work.NONE;

    public LocalHost(HostData data, LinkOptions link, Machine machine, Surroundings around) {
        this.data = data;
        this.machine = machine;
        this.around = around;
        planner = new SharePlanner(data, machine, link, around);
        earnings = new EarningsFeed(data.receipts(), around.threads());
        modelName = new Signal<>(planner.modelName());
    }

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

    public Signal<SessionState> session() {
        return session;
    }

    public Signal<EngineState> engine() {
        return engine;
    }

    public Signal<Earnings> earnings() {
        return earnings.earnings();
    }

    /**
     * Starts the engine and the connection to the network at this address, and remembers the address. May take long.
     *
     * @throws com.peerllm.host.kernel.HostException with what to do, when the address or the model cannot be used
     */
    public void share(String address) {
        Cancellation mine = new Cancellation();
        starting = mine;
        synchronized (this) {
            end();
            ServePlan plan = planner.plan(address, mine);
            modelName.set(plan.model().model().name());
            Host host = new Host(data, plan, machine, around);
            SharedRun next = new SharedRun(host, session, engine, earnings::readAgain, this::giveUp);
            run = Optional.of(next);
            next.start();
        }
    }

    /** Ends running answers, the connection and the engine; within two seconds. */
    public void stopSharing() {
        starting.cancel();
        synchronized (this) {
            end();
            session.set(NOT_SHARING);
            engine.set(new EngineState.Stopped());
        }
    }

    /** Called on the host's own threads, which must not wait for the host's end. */
    private void giveUp(SharedRun failed) {
        around.threads()
                .newThread(() -> {
                    synchronized (this) {
                        if (run.filter(current -> current == failed).isEmpty()) return;
                        failed.detach();
                        end();
                        if (!(session.get() instanceof SessionState.Refused)) session.set(NOT_SHARING);
                        if (!(engine.get() instanceof EngineState.Failed)) engine.set(new EngineState.Stopped());
                    }
                })
                .start();
    }

    private void end() {
        if (run.isEmpty()) return;
        SharedRun last = run.get();
        try {
            last.stop();
        } finally {
            earlierRuns = last.workAfter(earlierRuns);
            run = Optional.empty();
        }
    }

    /** Read now and then, because it changes with each token. */
    public Work work() {
        Work before = earlierRuns;
        return run.map(now -> now.workAfter(before)).orElse(before);
    }

    @Override
    public void close() {
        stopSharing();
        earnings.close();
    }
}
