package com.peerllm.host;

import com.peerllm.host.earnings.ComputingBook;
import com.peerllm.host.earnings.ReceiptBook;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.EngineState;
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
import com.peerllm.shared.model.ModelDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import okhttp3.OkHttpClient;

/**
 * One time of serving a network, from start to stop: the models' answers offered at an orchestrator, and the receipts for them.
 *
 * <p>Start order: receipts, computing time, models, session; stopping is the reverse, so that a running answer may end and its receipt is
 * still kept.
 */
public final class Host implements Lifecycle {
    private final ModelPool pool;
    private final Optional<ModelPool> own;
    private final Signal<List<ServedModel>> served = new Signal<>(List.of());
    private final Signal<EngineState> engine = new Signal<>(new EngineState.Stopped());
    private final AnswerMeter meter;
    private final ReceiptBook receipts;
    private final HostSession session;
    private final Lifecycles parts;
    private volatile ServePlan plan;
    private Signal.Subscription watching = () -> {};

    /** With models of its own, which end with it. */
    public Host(HostData data, ServePlan plan, Machine machine, Surroundings around) {
        this(data, plan, poolFor(data, plan, machine, around), true, around);
    }

    /** Over models that others use as well; all of the plan's are served by the pool. */
    Host(HostData data, ServePlan plan, ModelPool pool, Surroundings around) {
        this(data, plan, pool, false, around);
    }

    private Host(HostData data, ServePlan plan, ModelPool pool, boolean ownsPool, Surroundings around) {
        this.plan = plan;
        this.pool = pool;
        own = ownsPool ? Optional.of(pool) : Optional.empty();
        ThreadAlarms alarms = new ThreadAlarms(around.threads());
        Mailbox mailbox = new Mailbox(around.threads());
        OkHttpClient http = LinkHttp.client(plan.ownCa(), around.threads());
        meter = new AnswerMeter(around.clock());
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
                Lifecycle.stopping(() -> LinkHttp.close(http)),
                receipts,
                new ComputingBook(meter.busy(), data.computing(), alarms, around.threads()),
                new Models(),
                session));
    }

    private static ModelPool poolFor(HostData data, ServePlan plan, Machine machine, Surroundings around) {
        ModelRecords records = new ModelRecords(
                data, plan.machine(), EngineNatives.release(plan.engine().natives()), around.clock());
        ModelPool pool = new ModelPool(
                plan.machine(), machine, records, plan.threadBudget(), LongUnaryOperator.identity(), around);
        pool.serve(plan.models());
        return pool;
    }

    /** The models between start and stop. */
    private final class Models implements Lifecycle {
        @Override
        public void start() {
            watching = pool.states().subscribe(states -> tell());
            pool.warm(plan.models());
        }

        @Override
        public void stop() {
            watching.close();
            own.ifPresent(ModelPool::close);
            engine.set(new EngineState.Stopped());
        }
    }

    /** From now on these are offered; the pool serves them already. */
    void offer(List<PlannedModel> models) {
        plan = plan.with(models);
        pool.warm(models);
        tell();
    }

    private void tell() {
        Map<ModelDigest, EngineState> states = modelStates();
        ServedModels offers = new ServedModels(
                plan.models(),
                pool.records()::run,
                model -> meter.metering((request, listener) -> pool.models().generate(model, request, listener)),
                model ->
                        meter.meteringInputs((inputs, listener) -> pool.models().embed(model, inputs, listener)),
                model -> request -> pool.models().audit(model, request));
        served.set(offers.in(states));
        engine.set(OverallState.of(states.values()));
    }

    public ServePlan plan() {
        return plan;
    }

    /** The best state of all models: a host serves as long as one of them can answer. */
    public Signal<EngineState> engineState() {
        return engine;
    }

    public Signal<SessionState> sessionState() {
        return session.state();
    }

    /** The state of each model, in the order of the plan. */
    public Map<ModelDigest, EngineState> modelStates() {
        Map<ModelDigest, EngineState> all = pool.states().get();
        Map<ModelDigest, EngineState> states = new LinkedHashMap<>();
        for (PlannedModel model : plan.models())
            states.put(model.digest(), all.getOrDefault(model.digest(), new EngineState.Stopped()));
        return states;
    }

    /** What a person should know about the models: layers that a GPU did not take, a model that is too slow to be offered. */
    public List<String> notes() {
        return pool.notes(plan.models());
    }

    /** Counts the receipts that came since the start. */
    public Signal<Long> receiptsStored() {
        return receipts.stored();
    }

    /** Answers that are being made for the network now. */
    public int runningAnswers() {
        return meter.running();
    }

    /** The tokens of this host's answers since it was made. */
    public AnswerMeter meter() {
        return meter;
    }

    @Override
    public void start() {
        parts.start();
    }

    /** Within two seconds: lets running answers end, hands back the others, and ends the engines' processes if they are its own. */
    @Override
    public void stop() {
        parts.stop();
    }
}
