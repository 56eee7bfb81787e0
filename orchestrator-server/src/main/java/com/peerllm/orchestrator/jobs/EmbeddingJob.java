package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.orchestrator.routing.Rejection;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.EmbeddingVector;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.ModelFeature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one request for embeddings: sent to a host, its vectors collected, tried whole on another host when one fails,
 * paid when all of it is there. Lives on the event loop.
 *
 * <p>The consumer gets all vectors or none, so a host whose vectors it did not get is not paid. Every way out goes through
 * {@link #end}, once.
 */
public final class EmbeddingJob implements HostWork, Waiter {
    private static final Logger log = LoggerFactory.getLogger(EmbeddingJob.class);

    /** Of all vectors of a request together. */
    static final int MOST_BYTES = 16 << 20;

    private final EmbeddingJobs jobs;
    private final Assignments assignments;
    private final EmbeddingOrder order;
    private final EmbeddingAnswer answer;
    private final Set<HostId> tried = new HashSet<>();
    private final List<EmbeddingVector> vectors = new ArrayList<>();

    private Segment current;
    private int moves;
    private boolean over;

    EmbeddingJob(EmbeddingJobs jobs, Assignments assignments, EmbeddingOrder order, EmbeddingAnswer answer) {
        this.jobs = jobs;
        this.assignments = assignments;
        this.order = order;
        this.answer = answer;
    }

    @Override
    public EmbeddingOrder order() {
        return order;
    }

    /** The consumer is gone: the host stops, and nobody is paid. */
    public void abandon(String reason) {
        if (over) return;
        cancelCurrent(reason);
        end("abandoned", List.of());
    }

    /** The orchestrator stops: the consumer is told. */
    void stop() {
        if (over) return;
        cancelCurrent("the orchestrator is stopping");
        fail(Refusals.stopping());
    }

    /** Sends the job to the best host, lets it wait for one, or ends it with the reason why there is none. */
    void dispatch() {
        assignments.waiting().dispatch(this);
    }

    @Override
    public RouteRequest wanted() {
        return new RouteRequest(
                order.size().allAtLeast(),
                0,
                order.size().longestAtLeast(),
                Set.of(ModelFeature.EMBEDDINGS),
                tried,
                order.wishes().upTo(order.cap()),
                Optional.empty());
    }

    @Override
    public long costTokens() {
        return Math.max(1, order.size().allAtLeast());
    }

    @Override
    public long promptBytes() {
        return 1L + order.size().atMost(Integer.MAX_VALUE);
    }

    @Override
    public Duration patience() {
        Patience usual = assignments.limits().batch();
        return order.longestWait().map(usual::withQueueAtMost).orElse(usual).queue();
    }

    @Override
    public boolean hasBegun() {
        return false;
    }

    @Override
    public boolean hasCompany() {
        return false;
    }

    @Override
    public void noHost(Map<Rejection, Integer> rejections) {
        rejections.forEach(assignments.meter()::rejected);
        fail(
                tried.isEmpty()
                        ? EmbeddingRefusals.noHost(order.model().id(), rejections)
                        : Refusals.hostsFailed(order.model().id()));
    }

    @Override
    public void refused(ApiError error) {
        fail(error);
    }

    @Override
    public void waits(int position, int of) {}

    @Override
    public void assigned(ServedModel served, Duration waited) {
        if (tried.isEmpty()) answer.begins(waited);
        if (waited.isPositive()) assignments.meter().waited(waited);
        HostConnection host = served.connection();
        tried.add(host.id());
        current = new Segment(order.id(), served, 0, assignments.nanoTime());
        assignments.add(current, this);
        host.send(new FromOrchestrator.EmbeddingOffer(
                current.stream(), order.id(), order.model().digest(), order.inputs(), Optional.of(current.price())));
    }

    @Override
    public void started(FromHost.JobStarted message) {
        if (message.promptTokens() > order.size().atMost(current.served().contextLength())) {
            hostFailed(Fault.OVERCLAIMED_PROMPT);
        } else {
            current.promptCounted(message.promptTokens(), 0);
        }
    }

    @Override
    public void vector(EmbeddingFrame frame) {
        if (!isNext(frame)) {
            hostFailed(Fault.IMPOSSIBLE_TOKENS);
            return;
        }
        vectors.add(frame.vector());
        current.delivered(frame, assignments.nanoTime());
    }

    private boolean isNext(EmbeddingFrame frame) {
        EmbeddingVector vector = frame.vector();
        int dimensions = current.served().announced().embeddingDimensions().orElse(vector.dimensions());
        boolean sameAsBefore = vectors.isEmpty() || vectors.getFirst().dimensions() == vector.dimensions();
        return frame.index() == vectors.size()
                && frame.index() < order.inputs().size()
                && vector.dimensions() == order.dimensions().orElse(dimensions)
                && vector.dimensions() == dimensions
                && sameAsBefore
                && (long) vector.littleEndian().length * (vectors.size() + 1) <= MOST_BYTES
                && vector.isFinite();
    }

    @Override
    public void finished(FromHost.JobFinished message) {
        boolean whole = vectors.size() == order.inputs().size() && message.completionTokens() == 0;
        if (!whole || current.promptTokens() == 0) {
            hostFailed(Fault.NOTHING_DELIVERED);
            return;
        }
        Segment done = current;
        done.finished(message.signature());
        done.served().succeeded(done.measured());
        closeCurrent();
        PaidSegment paid = PaidSegment.of(done, done.promptTokens());
        answer.finish(vectors, paid.told());
        end("stop", List.of(paid));
    }

    @Override
    public void failed(FromHost.JobFailed message) {
        if (message.code().isHostFault()) {
            current.served().faulted(Fault.ENGINE_FAILED);
            leave("it said " + message.code());
        } else if (message.code().worthTryingElsewhere()) {
            leave("it said " + message.code());
        } else {
            fail(EmbeddingRefusals.ofHost(message.code()));
        }
    }

    @Override
    public boolean isOn(HostConnection host) {
        return current != null && current.served().connection() == host;
    }

    @Override
    public void hostLost() {
        hostFailed(Fault.CONNECTION_LOST);
    }

    /** A few times a second: is the host too slow? */
    void checkDeadlines() {
        if (current == null) return;
        Patience patience = assignments.limits().batch();
        if (current.isLate(patience, order.size().allAtLeast(), assignments.nanoTime())) hostFailed(Fault.STALLED);
    }

    private void hostFailed(Fault fault) {
        current.served().faulted(fault);
        cancelCurrent(fault.sentence());
        leave(fault.sentence());
    }

    /** Another host begins from the start; or the job ends. */
    private void leave(String why) {
        HostConnection host = current.served().connection();
        log.info("Job {} failed at {} after {} vectors: {}", order.id(), host, vectors.size(), why);
        closeCurrent();
        vectors.clear();
        if (over) return;
        if (moves++ < assignments.limits().movesBeforeFirstToken()) {
            assignments.meter().moved(false);
            dispatch();
        } else {
            fail(Refusals.hostsFailed(order.model().id()));
        }
    }

    private void fail(ApiError error) {
        answer.fail(error);
        end(error.code(), List.of());
    }

    private void cancelCurrent(String reason) {
        if (current != null) current.cancel(reason);
    }

    private void closeCurrent() {
        if (current == null) return;
        assignments.release(current);
        current = null;
    }

    private void end(String outcome, List<PaidSegment> paid) {
        if (over) return;
        over = true;
        assignments.waiting().leave(this);
        closeCurrent();
        jobs.ended(this, outcome, paid);
        answer.over(PaidSegment.tokens(paid));
    }
}
