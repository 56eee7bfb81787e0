package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.audit.Audits;
import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.JobEvents;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.routing.Router;
import com.peerllm.orchestrator.telemetry.JobMeter;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.TokenFrame;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * All running jobs: admits them against the ledger, brings them the hosts' messages, and has them paid when they end.
 * Lives on the event loop.
 */
public final class Jobs implements JobEvents {
    private static final int REMEMBERED_CONVERSATIONS = 10_000;

    private final WaitingRoom waiting;
    private final Assignments assignments;
    private final Holds holds;
    private final Audits audits;
    private final Payments payments;
    private final ReviewedPayments reviewed;
    private final EmbeddingJobs embeddings;
    private final Set<Job> running = new HashSet<>();
    private final Map<Integer, HostId> lastHost = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, HostId> eldest) {
            return size() > REMEMBERED_CONVERSATIONS;
        }
    };
    private final CacheScopes cacheScopes;

    /**
     * @param nanoTime a clock that never goes back
     * @param loop runs on the event loop
     * @param blocking runs what may wait or compute for long, off the event loop
     */
    public Jobs(
            HostRegistry registry,
            Router router,
            Ledger ledger,
            RevenueSplit split,
            JobLimits limits,
            CacheScopes cacheScopes,
            Audits audits,
            JobMeter meter,
            LongSupplier nanoTime,
            Executor loop,
            Executor blocking) {
        this.waiting = new WaitingRoom(new FreeHosts(registry, router), limits.queue(), nanoTime, loop);
        this.assignments = new Assignments(registry, waiting, limits, meter, nanoTime);
        this.cacheScopes = cacheScopes;
        this.holds = new Holds(ledger);
        this.audits = audits;
        this.payments = new Payments(registry, ledger, split, meter, loop, blocking);
        this.reviewed = new ReviewedPayments(audits, payments);
        this.embeddings = new EmbeddingJobs(assignments, holds, payments);
    }

    /**
     * Sets the money aside and sends the job to a host.
     *
     * @return the running job, or empty when the answer was failed at once
     */
    public Optional<Job> start(JobRequest request, Answer answer) {
        int context = longestContext(request.model().digest());
        Optional<ApiError> tooLong = tooLong(request, context);
        if (tooLong.isPresent()) return refused(tooLong.get(), answer);
        return switch (holds.hold(request, context)) {
            case Holds.Outcome.Held(WorstCase atMost) -> {
                answer.held(atMost.cost());
                yield run(new Job(this, request, atMost.promptTokens(), atMost.maxTokens(), answer));
            }
            case Holds.Outcome.Refused refused -> refused(refused.error(), answer);
        };
    }

    /**
     * What would be set aside for a request now; nothing is.
     *
     * @throws InvalidRequest when no host could take it
     */
    public WorstCase estimate(JobRequest request) {
        int context = longestContext(request.model().digest());
        tooLong(request, context).ifPresent(error -> {
            throw new InvalidRequest(error);
        });
        return Holds.worstCase(request, context);
    }

    private static Optional<ApiError> tooLong(JobRequest request, int context) {
        return context > 0 && request.prompt().tokensAtLeast() >= context
                ? Optional.of(Refusals.longerThanAnyContext(request.model().id(), request.promptField(), context))
                : Optional.empty();
    }

    private Optional<Job> refused(ApiError error, Answer answer) {
        assignments.meter().refused(JobMeter.Kind.CHAT, error.code());
        answer.fail(error);
        return Optional.empty();
    }

    /** The jobs that make no answers but vectors. */
    public EmbeddingJobs embeddings() {
        return embeddings;
    }

    private Optional<Job> run(Job job) {
        running.add(job);
        job.dispatch();
        return running.contains(job) ? Optional.of(job) : Optional.empty();
    }

    private int longestContext(ModelDigest digest) {
        return assignments.serving(digest).longestContext();
    }

    /** A few times a second: moves jobs whose hosts are too slow, and ends those that have waited for too long. */
    public void checkDeadlines() {
        for (Job job : List.copyOf(running)) job.checkDeadlines();
        embeddings.checkDeadlines();
        audits.checkDeadlines();
        waiting.tick();
    }

    /** Jobs that are not over, or not paid yet. */
    public int open() {
        return running.size() + embeddings.running() + reviewed.open() + payments.open();
    }

    /** Answers, and parts of answers, that wait for a host. */
    public int waiting() {
        return waiting.waiting();
    }

    /** Ends what waits with an error to its consumer, and lets nothing wait from now on: hosts are leaving, none will come. */
    public void stopWaiting() {
        waiting.close();
    }

    /** Ends every running job with an error to its consumer; what was received is paid. */
    public void stopAll() {
        for (Job job : List.copyOf(running)) job.stop();
        embeddings.stopAll();
        audits.stop();
    }

    // What hosts say. A message about a job that is over is of no interest: it crossed a cancel on its way.

    @Override
    public void started(HostConnection host, FromHost.JobStarted message) {
        assignments.find(host, message.stream()).ifPresent(work -> work.started(message));
    }

    @Override
    public void tokens(HostConnection host, TokenFrame frame) {
        assignments.find(host, frame.stream()).ifPresent(work -> work.tokens(frame));
    }

    @Override
    public void vector(HostConnection host, EmbeddingFrame frame) {
        assignments.find(host, frame.stream()).ifPresent(work -> work.vector(frame));
    }

    @Override
    public void finished(HostConnection host, FromHost.JobFinished message) {
        assignments.find(host, message.stream()).ifPresent(work -> work.finished(message));
    }

    @Override
    public void failed(HostConnection host, FromHost.JobFailed message) {
        if (audits.failed(host, message)) return;
        assignments.find(host, message.stream()).ifPresent(work -> work.failed(message));
    }

    @Override
    public void audited(HostConnection host, FromHost.AuditDone message) {
        audits.found(host, message);
    }

    @Override
    public void hostJoined(HostConnection host) {
        payments.hostJoined(host);
        waiting.wake(host);
    }

    @Override
    public void hostAnnounced(HostConnection host) {
        waiting.wake(host);
    }

    @Override
    public void hostLost(HostConnection host) {
        assignments.hostLost(host);
        audits.hostLost(host);
    }

    // What jobs need.

    Assignments assignments() {
        return assignments;
    }

    Audits audits() {
        return audits;
    }

    /** The host that answered this conversation last, when it has more than one turn. */
    Optional<HostId> affinity(JobRequest request) {
        if (request.chat().messages().size() < 3) return Optional.empty();
        return Optional.ofNullable(lastHost.get(request.conversationKey()));
    }

    void remember(JobRequest request, HostId host) {
        lastHost.put(request.conversationKey(), host);
    }

    /**
     * Has a job that is over paid.
     *
     * @param outcome how it ended, in a word
     */
    void ended(Job job, String outcome, List<PaidSegment> segments) {
        running.remove(job);
        assignments.meter().ended(JobMeter.Kind.CHAT, outcome);
        reviewed.pay(job.request(), segments);
    }

    /** Tells a host which prompts may share a cache, and nothing about whose they are. */
    String cacheScope(AccountId consumer) {
        return cacheScopes.of(consumer);
    }
}
