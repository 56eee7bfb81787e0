package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.orchestrator.reputation.Success;
import com.peerllm.orchestrator.routing.Rejection;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.FinishReason;
import com.peerllm.shared.openai.HostWishes;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.TokenFrame;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one of a job's answers: it waits for a host, is worked on by one {@link Attempt} or at times two, moves to another
 * host when one fails, and ends. Lives on the event loop; what hosts send of it goes through its {@link Relay}.
 */
final class Choice implements Waiter {
    private static final Logger log = LoggerFactory.getLogger(Choice.class);

    private static final int USUAL_TOKENS = 1024;

    private final Jobs jobs;
    private final Assignments assignments;
    private final Job job;
    private final JobRequest request;
    private final int index;
    private final int maxTokens;
    private final Set<HostId> tried = new HashSet<>();
    private final DeliveredTokens delivered = new DeliveredTokens();
    private final PartReader parts;
    private final Relay relay;
    private final Offers offers;
    private final HostWishes wishes;

    private final Attempts attempts = new Attempts();

    private int movesBeforeFirstToken;
    private int continuations;

    Choice(Jobs jobs, Job job, int index, int maxTokens, Answer answer) {
        this.jobs = jobs;
        this.assignments = jobs.assignments();
        this.job = job;
        this.request = job.request();
        this.index = index;
        this.maxTokens = maxTokens;
        WholeText wholeText = new WholeText();
        this.parts = new PartReader(request, index, wholeText);
        this.relay = new Relay(assignments, jobs.audits(), job, index, maxTokens, delivered, wholeText, parts, answer);
        this.wishes = request.wishes().upTo(request.cap());
        this.offers = new Offers(request, index, maxTokens, jobs.cacheScope(request.consumer()));
    }

    int index() {
        return index;
    }

    int tokens() {
        return delivered.count();
    }

    int thoughtTokens() {
        return relay.thoughtTokens();
    }

    boolean isRunning() {
        return !attempts.isEmpty();
    }

    /** The host that works on it now. */
    Optional<HostId> host() {
        return attempts.current().map(attempt -> attempt.segment().served().host());
    }

    int promptTokensBelievedOf(Segment segment) {
        return Math.min(job.promptTokensAtMost(), segment.served().contextLength());
    }

    // How it gets a host.

    void dispatch() {
        assignments.waiting().dispatch(this);
    }

    @Override
    public Billable order() {
        return request;
    }

    @Override
    public RouteRequest wanted() {
        int prompt = promptTokens();
        return new RouteRequest(
                prompt,
                maxTokens - delivered.count(),
                prompt + 1,
                request.demands().features(),
                tried,
                wishes,
                job.preferredHost(this));
    }

    private int promptTokens() {
        return request.prompt().tokensAtLeast() + delivered.count();
    }

    /** An answer without a named limit counts as one of usual length, not as the longest that the context would hold. */
    @Override
    public long costTokens() {
        int most = request.chat().maxTokens().isPresent() ? maxTokens : Math.min(maxTokens, USUAL_TOKENS);
        return (long) request.prompt().tokensAtLeast() + most;
    }

    @Override
    public long promptBytes() {
        return 1L + request.prompt().tokensAtMost() / request.chat().choices();
    }

    @Override
    public Duration patience() {
        return request.patience(assignments.limits()).queue();
    }

    @Override
    public boolean hasBegun() {
        return delivered.count() > 0;
    }

    @Override
    public boolean hasCompany() {
        return job.isRunning();
    }

    @Override
    public void assigned(ServedModel host, Duration waited) {
        job.assigned(waited);
        if (waited.isPositive()) assignments.meter().waited(waited);
        assignments.firstTokens().began();
        Attempt attempt = attempt(host);
        attempts.begin(attempt);
        offer(attempt);
    }

    private Attempt attempt(ServedModel host) {
        tried.add(host.host());
        Segment segment = new Segment(request.id(), host, maxTokens - delivered.count(), assignments.nanoTime());
        return new Attempt(this, assignments, segment);
    }

    /** Last of all: a connection that breaks on sending tells so at once, and the attempt must be known by then. */
    private void offer(Attempt attempt) {
        Segment segment = attempt.segment();
        segment.served().connection().send(offers.offer(segment, delivered.asList()));
    }

    @Override
    public void noHost(Map<Rejection, Integer> rejections) {
        rejections.forEach(assignments.meter()::rejected);
        job.fail(
                tried.isEmpty()
                        ? Refusals.noHost(request.model().id(), request.promptField(), rejections)
                        : Refusals.hostsFailed(request.model().id()));
    }

    @Override
    public void refused(ApiError error) {
        job.fail(error);
    }

    @Override
    public void waits(int position, int of) {
        if (index == 0) job.waits(position, of);
    }

    // What comes of what a host says.

    /** Token path. */
    void tokens(Attempt from, TokenFrame frame) {
        Optional<Fault> fault = relay.pass(frame, from.segment());
        if (fault.isPresent()) {
            hostFailed(from, fault.get());
            return;
        }
        assignments.meter().relayed(frame.tokens().length);
        attempts.won(from);
    }

    void finished(Attempt from, FromHost.JobFinished message) {
        Segment segment = from.segment();
        FinishReason said = FinishReason.of(message.finishReason());
        boolean nothingCame = delivered.count() == 0 && message.completionTokens() > 0;
        boolean noCallCame = said == FinishReason.TOOL_CALLS && !parts.hasCalls();
        if (nothingCame || noCallCame || segment.promptTokens() == 0) {
            hostFailed(from, Fault.NOTHING_DELIVERED);
            return;
        }
        attempts.won(from);
        segment.finished(message.signature());
        job.counts(segment);
        HostConnection host = segment.served().connection();
        if (parts.argumentsAreJson(said == FinishReason.LENGTH)) {
            succeeded(segment);
        } else {
            log.info("Job {} ended at {} with a call whose arguments are no JSON", request.id(), host);
            segment.served().faulted(Fault.BAD_ARGUMENTS);
        }
        jobs.remember(request, host.id());
        finishWith(said);
    }

    private void succeeded(Segment segment) {
        Success measured = segment.measured();
        segment.served().succeeded(measured);
        assignments.firstTokens().came(request.model().digest(), measured.firstTokenMillis());
        assignments
                .meter()
                .answered(request.model().id().value(), measured.firstTokenMillis(), measured.tokensPerSecond());
    }

    private void finishWith(FinishReason said) {
        close();
        job.ended(this, said == FinishReason.STOP && parts.hasCalls() ? FinishReason.TOOL_CALLS : said);
    }

    void failed(Attempt from, JobFailure code) {
        if (code.isHostFault()) {
            from.segment().served().faulted(Fault.ENGINE_FAILED);
            leave(from, "it said " + code);
        } else if (code.worthTryingElsewhere()) {
            leave(from, "it said " + code);
        } else {
            from.close();
            job.fail(Refusals.ofHost(code, request.promptField()));
        }
    }

    void hostFailed(Attempt from, Fault fault) {
        from.segment().served().faulted(fault);
        from.cancel(fault.sentence());
        leave(from, fault.sentence());
    }

    /** The other host goes on alone, or another takes over from where the consumer is; or the job ends. */
    private void leave(Attempt from, String why) {
        Segment segment = from.segment();
        HostConnection host = segment.served().connection();
        log.info("Job {} failed at {} after {} tokens: {}", request.id(), host, segment.tokens(), why);
        if (segment.hasReleased()) {
            // Held-back text comes last: the consumer has the whole answer, only the word that it ended is missing.
            finishWith(delivered.count() < maxTokens ? FinishReason.STOP : FinishReason.LENGTH);
            return;
        }
        if (attempts.drop(from)) return;
        if (job.isOver()) return;
        boolean mayMove = delivered.count() == 0
                ? movesBeforeFirstToken++ < assignments.limits().movesBeforeFirstToken()
                : continuations++ < assignments.limits().continuations();
        if (mayMove && delivered.count() < maxTokens) {
            assignments.meter().moved(delivered.count() > 0);
            dispatch();
        } else {
            job.fail(Refusals.hostsFailed(request.model().id()));
        }
    }

    /** A few times a second: is a host too slow, or so slow that another should begin beside it? */
    void checkDeadlines() {
        Patience patience = request.patience(assignments.limits());
        long now = assignments.nanoTime();
        attempts.each(attempt -> attempt.checkDeadline(patience, promptTokens(), now));
        if (request.chat().stream() && !attempts.isEmpty() && !attempts.isRace()) hedge(now);
    }

    private void hedge(long nowNanos) {
        FirstTokens firstTokens = assignments.firstTokens();
        if (!firstTokens.mayHedge() || delivered.count() > 0) return;
        Segment slow = attempts.current().orElseThrow().segment();
        Duration late = firstTokens.lateAfter(request.model().digest());
        if (!slow.isFirstTokenDue() || slow.sinceSent(nowNanos).compareTo(late) <= 0) return;
        assignments.waiting().spare(request.model().digest(), wanted()).ifPresent(host -> {
            firstTokens.hedged();
            log.info(
                    "Job {} begins at {} too: {} is late",
                    request.id(),
                    host.connection(),
                    slow.served().connection());
            Attempt second = attempt(host);
            attempts.race(second);
            offer(second);
        });
    }

    /** Tells the hosts that nothing more is wanted. */
    void cancel(String reason) {
        attempts.each(attempt -> attempt.cancel(reason));
    }

    /** Nothing more comes; safe to call twice. */
    void close() {
        assignments.waiting().leave(this);
        attempts.close();
    }
}
