package com.peerllm.host;

import com.peerllm.host.catalog.Fit;
import com.peerllm.host.catalog.Wish;
import com.peerllm.host.earnings.ReceiptBook;
import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.MemoryCheck;
import com.peerllm.host.kernel.Backoff;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Lifecycles;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.session.AnswerMeter;
import com.peerllm.host.session.HostSession;
import com.peerllm.host.session.LinkHttp;
import com.peerllm.host.session.LinkParts;
import com.peerllm.host.session.ServedModel;
import com.peerllm.host.session.SessionState;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;

/**
 * A host that serves: the one place where its parts are made and put in order.
 *
 * <p>Start order: receipts, engine, session; stopping is the reverse, so that a running answer may end and its receipt is
 * still kept.
 */
public final class Host implements Lifecycle {
    private final ServePlan plan;
    private final Machine machine;
    private final Signal<List<ServedModel>> served = new Signal<>(List.of());
    private final Engine engine;
    private final AnswerMeter meter = new AnswerMeter();
    private final ReceiptBook receipts;
    private final HostSession session;
    private final Lifecycles parts;

    public Host(HostData data, ServePlan plan, Machine machine, Surroundings around) {
        this.plan = plan;
        this.machine = machine;
        ThreadAlarms alarms = new ThreadAlarms(around.threads());
        Mailbox mailbox = new Mailbox(around.threads());
        OkHttpClient http = LinkHttp.client(plan.ownCa(), around.threads());
        MemoryCheck memory = this::refusal;
        engine = new Engine(plan.engine(), memory, around.threads(), around.clock());
        receipts = new ReceiptBook(data.identity().publicKey(), data.receipts(), around.threads(), around.clock());
        session = new HostSession(
                new LinkParts(
                        plan.orchestrator(),
                        data.identity(),
                        HostVersion.software(),
                        plan.machine().sentence(),
                        data.settings(),
                        served,
                        receipts,
                        http,
                        alarms,
                        around.clock()),
                mailbox,
                Backoff.LINK,
                around.random());
        parts = new Lifecycles(List.of(
                Lifecycle.stopping(alarms::close),
                Lifecycle.stopping(mailbox::close),
                Lifecycle.stopping(() -> close(http)),
                receipts,
                engineLife(),
                session));
    }

    private Lifecycle engineLife() {
        ServedModels models =
                new ServedModels(plan.model(), meter.metering(engine::generate), meter.meteringInputs(engine::embed));
        return new Lifecycle() {
            private Signal.Subscription watching = () -> {};

            @Override
            public void start() {
                watching = engine.state().subscribe(state -> served.set(models.in(state)));
                engine.start();
            }

            @Override
            public void stop() {
                watching.close();
                engine.close();
            }
        };
    }

    private static void close(OkHttpClient http) {
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }

    /** Asked before each start of the engine, with the memory that is free then. */
    private Optional<String> refusal(EngineOptions options) {
        Wish asPlanned = Wish.of(options.slots(), options.contextPerSlot(), options.gpuLayers());
        return Fit.of(plan.model().facts(), machine.now(plan.machine()), asPlanned) instanceof Fit.TooBig no
                ? Optional.of(no.sentence())
                : Optional.empty();
    }

    public ServePlan plan() {
        return plan;
    }

    public Signal<EngineState> engineState() {
        return engine.state();
    }

    public Signal<SessionState> sessionState() {
        return session.state();
    }

    /** Counts the receipts that came since the start. */
    public Signal<Long> receiptsStored() {
        return receipts.stored();
    }

    /** Answers that are being made now. */
    public int runningAnswers() {
        return engine.state().get() instanceof EngineState.Ready ? plan.engine().slots() - engine.freeSlots() : 0;
    }

    /** The tokens of this host's answers since it was made. */
    public AnswerMeter meter() {
        return meter;
    }

    @Override
    public void start() {
        parts.start();
    }

    /** Within two seconds: lets running answers end, hands back the others, and ends the engine's process. */
    @Override
    public void stop() {
        parts.stop();
    }
}
