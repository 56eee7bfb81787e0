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
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;

/**
 * A host that serves: the one place where its parts are made and put in order.
 *
 * <p>Start order: receipts, computing time, models, session; stopping is the reverse, so that a running answer may end and its receipt is
 * still kept.
 */
public final class Host implements Lifecycle {
    private final ServePlan plan;
    private final Signal<List<ServedModel>> served = new Signal<>(List.of());
    private final ModelPool models;
    private final AnswerMeter meter;
    private final ReceiptBook receipts;
    private final HostSession session;
    private final Lifecycles parts;

    public Host(HostData data, ServePlan plan, Machine machine, Surroundings around) {
        this.plan = plan;
        ThreadAlarms alarms = new ThreadAlarms(around.threads());
        Mailbox mailbox = new Mailbox(around.threads());
        OkHttpClient http = LinkHttp.client(plan.ownCa(), around.threads());
        ModelRecords records = new ModelRecords(
                data, plan.machine(), EngineNatives.release(plan.engine().natives()), around.clock());
        meter = new AnswerMeter(around.clock());
        models = new ModelPool(plan, machine, records, meter, served, around);
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
                new ComputingBook(meter.busy(), data.computing(), alarms, around.threads()),
                models,
                session));
    }

    private static void close(OkHttpClient http) {
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }

    public ServePlan plan() {
        return plan;
    }

    /** The best state of all models: a host serves as long as one of them can answer. */
    public Signal<EngineState> engineState() {
        return models.overall();
    }

    public Signal<SessionState> sessionState() {
        return session.state();
    }

    /** The state of each model, in the order of the plan. */
    public Map<ModelDigest, EngineState> modelStates() {
        return models.states();
    }

    /** What a person should know about the models: layers that a GPU did not take, a model that is too slow to be offered. */
    public List<String> notes() {
        return models.notes();
    }

    /** Counts the receipts that came since the start. */
    public Signal<Long> receiptsStored() {
        return receipts.stored();
    }

    /** Answers that are being made now. */
    public int runningAnswers() {
        return models.answering();
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
