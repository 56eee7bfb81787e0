package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.orchestrator.routing.Decision;
import com.peerllm.orchestrator.routing.Rejection;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.openai.SamplingParameters;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.TokenFrame;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one of a job's answers: sent to a host, relayed, moved to another host when one fails, finished. Lives on the
 * event loop; what hosts send of it goes through its {@link Relay}.
 */
final class Choice implements HostWork {
    private static final Logger log = LoggerFactory.getLogger(Choice.class);

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

    private Segment current;
    private int movesBeforeFirstToken;
    private int continuations;
    private State state = State.NEW;

    /** Where a choice is in its life. */
    private enum State {
        NEW,
        /** No host has a free slot; a sibling that ends may leave one. */
        WAITING,
        RUNNING,
        ENDED
    }

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
        return state == State.RUNNING;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    @Override
    public boolean isOn(HostConnection host) {
        return current != null && current.served().connection() == host;
    }

    /** The host that works on it now. */
    Optional<HostId> host() {
        return Optional.ofNullable(current).map(segment -> segment.served().host());
    }

    /** Sends it to the best host, lets it wait for a sibling's slot, or fails the job with the reason why there is none. */
    void dispatch() {
        int left = maxTokens - delivered.count();
        int prompt = request.prompt().tokensAtLeast() + delivered.count();
        RouteRequest wanted = new RouteRequest(
                prompt,
                left,
                prompt + 1,
                request.demands().features(),
                tried,
                request.chat().wishes(),
                job.preferredHost(this));
        switch (assignments
                .router()
                .choose(wanted, assignments.serving(request.model().digest()))) {
            case Decision.Chosen<ServedModel> chosen -> send(chosen.candidate(), left);
            case Decision.NoHost<ServedModel> none -> {
                state = State.WAITING;
                if (none.rejections().containsKey(Rejection.NO_FREE_SLOT) && job.isRunning()) return;
                job.fail(
                        tried.isEmpty()
                                ? Refusals.noHost(request.model().id(), none.rejections())
                                : Refusals.hostsFailed(request.model().id()));
            }
        }
    }

    private void send(ServedModel served, int left) {
        HostConnection host = served.connection();
        tried.add(host.id());
        state = State.RUNNING;
        current = new Segment(request.id(), served, left, assignments.nanoTime());
        assignments.add(host, current.stream(), this);
        host.send(new FromOrchestrator.JobOffer(
                current.stream(),
                request.id(),
                request.model().digest(),
                request.chat().messages(),
                sampling(),
                request.chat().options(),
                maxTokens,
                request.chat().stop(),
                delivered.asList(),
                jobs.cacheScope(request.consumer())));
    }

    /** With one seed for all, all choices would be the same. */
    private SamplingParameters sampling() {
        SamplingParameters asked = request.chat().sampling();
        return index == 0 || asked.seed().isEmpty()
                ? asked
                : asked.withSeed(asked.seed().getAsLong() + index);
    }

    @Override
    public void started(FromHost.JobStarted message) {
        int believable = Math.min(job.promptTokensAtMost(), current.served().contextLength());
        if (message.promptTokens() > believable) {
            hostFailed(Fault.OVERCLAIMED_PROMPT);
        } else {
            current.promptCounted(message.promptTokens(), message.cachedTokens());
        }
    }

    /** Token path. */
    @Override
    public void tokens(TokenFrame frame) {
        relay.pass(frame, current).ifPresent(this::hostFailed);
    }

    @Override
    public void finished(FromHost.JobFinished message) {
        FinishReason said = FinishReason.of(message.finishReason());
        boolean nothingCame = delivered.count() == 0 && message.completionTokens() > 0;
        boolean noCallCame = said == FinishReason.TOOL_CALLS && !parts.hasCalls();
        if (nothingCame || noCallCame || current.promptTokens() == 0) {
            hostFailed(Fault.NOTHING_DELIVERED);
            return;
        }
        current.finished(message.signature());
        job.counts(current);
        HostConnection host = current.served().connection();
        if (parts.argumentsAreJson(said == FinishReason.LENGTH)) {
            current.served().succeeded(current.measured());
        } else {
            log.info("Job {} ended at {} with a call whose arguments are no JSON", request.id(), host);
            current.served().faulted(Fault.BAD_ARGUMENTS);
        }
        jobs.remember(request, host.id());
        finishWith(said);
    }

    private void finishWith(FinishReason said) {
        close();
        job.ended(this, said == FinishReason.STOP && parts.hasCalls() ? FinishReason.TOOL_CALLS : said);
    }

    @Override
    public void failed(FromHost.JobFailed message) {
        if (message.code().isHostFault()) {
            current.served().faulted(Fault.ENGINE_FAILED);
            leave("it said " + message.code());
        } else if (message.code().worthTryingElsewhere()) {
            leave("it said " + message.code());
        } else {
            closeCurrent();
            job.fail(Refusals.ofHost(message.code()));
        }
    }

    @Override
    public void hostLost() {
        hostFailed(Fault.CONNECTION_LOST);
    }

    /** A few times a second: is the host too slow? */
    void checkDeadlines(JobLimits limits) {
        if (current == null) return;
        int prompt = request.prompt().tokensAtLeast() + delivered.count();
        if (current.isLate(limits, prompt, assignments.nanoTime())) {
            hostFailed(current.isFirstTokenDue() ? Fault.FIRST_TOKEN_LATE : Fault.STALLED);
        }
    }

    private void hostFailed(Fault fault) {
        current.served().faulted(fault);
        current.cancel(fault.sentence());
        leave(fault.sentence());
    }

    /** Another host takes over, from where the consumer is; or the job ends. */
    private void leave(String why) {
        HostConnection host = current.served().connection();
        log.info("Job {} failed at {} after {} tokens: {}", request.id(), host, current.tokens(), why);
        if (current.hasReleased()) {
            // Held-back text comes last: the consumer has the whole answer, only the word that it ended is missing.
            finishWith(delivered.count() < maxTokens ? FinishReason.STOP : FinishReason.LENGTH);
            return;
        }
        closeCurrent();
        if (job.isOver()) return;
        boolean mayMove = delivered.count() == 0
                ? movesBeforeFirstToken++ < assignments.limits().movesBeforeFirstToken()
                : continuations++ < assignments.limits().continuations();
        if (mayMove && delivered.count() < maxTokens) {
            dispatch();
        } else {
            job.fail(Refusals.hostsFailed(request.model().id()));
        }
    }

    /** Tells the host that nothing more is wanted. */
    void cancel(String reason) {
        if (current != null) current.cancel(reason);
    }

    private void closeCurrent() {
        if (current == null) return;
        current.close();
        assignments.remove(current.served().connection(), current.stream());
        current = null;
        state = State.NEW;
    }

    /** Nothing more comes; safe to call twice. */
    void close() {
        closeCurrent();
        state = State.ENDED;
    }
}
