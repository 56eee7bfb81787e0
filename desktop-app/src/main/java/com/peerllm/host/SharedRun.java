package com.peerllm.host;

import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One host from start to stop, and the passing on of what it tells. */
final class SharedRun {
    private final Host host;
    private final Signal<SessionState> session;
    private final Signal<EngineState> engine;
    private final Runnable receiptsCame;
    private final Consumer<SharedRun> needsPerson;
    private final List<Signal.Subscription> subscriptions = new ArrayList<>();
    private boolean attached = true;

    /**
     * @param session what the screens watch
     * @param engine what the screens watch
     * @param needsPerson told when the host does not go on by itself; must not block
     */
    SharedRun(
            Host host,
            Signal<SessionState> session,
            Signal<EngineState> engine,
            Runnable receiptsCame,
            Consumer<SharedRun> needsPerson) {
        this.host = host;
        this.session = session;
        this.engine = engine;
        this.receiptsCame = receiptsCame;
        this.needsPerson = needsPerson;
    }

    Host host() {
        return host;
    }

    void start() {
        host.start();
        subscriptions.add(host.engineState().subscribe(this::engineChanged));
        subscriptions.add(host.sessionState().subscribe(this::sessionChanged));
        subscriptions.add(host.receiptsStored().subscribe(count -> receiptsCame.run()));
    }

    private synchronized void engineChanged(EngineState state) {
        if (!attached) return;
        engine.set(state);
        if (state instanceof EngineState.Failed) needsPerson.accept(this);
    }

    private synchronized void sessionChanged(SessionState state) {
        if (!attached) return;
        session.set(state);
        if (state instanceof SessionState.Refused) needsPerson.accept(this);
    }

    /** From now on nothing of this host is passed on. */
    synchronized void detach() {
        attached = false;
    }

    void stop() {
        host.stop();
        detach();
        subscriptions.forEach(Signal.Subscription::close);
        // The last receipts came while it stopped.
        receiptsCame.run();
    }

    /** What was done, counted on from what was done before. */
    Work workAfter(Work before) {
        return new Work(
                host.runningAnswers(),
                before.promptTokens() + host.meter().promptTokens(),
                before.completionTokens() + host.meter().completionTokens());
    }
}
