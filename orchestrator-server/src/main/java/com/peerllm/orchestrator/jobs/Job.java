package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.routing.Decision;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.Usage;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.TokenFrame;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one request: sent to a host, relayed, moved to another host when one fails, finished, paid. Lives on the
 * event loop; {@link #tokens} is the token path.
 *
 * <p>Every way out goes through {@link #end}, once: the host's slot is free again, the ledger settles what the consumer
 * received, and the answer is closed.
 */
public final class Job {
    private static final Logger log = LoggerFactory.getLogger(Job.class);

    private final Jobs jobs;
    private final JobRequest request;
    private final int promptTokensAtMost;
    private final int maxTokens;
    private final Answer answer;
    private final DeliveredTokens delivered = new DeliveredTokens();
    private final List<Segment> segments = new ArrayList<>();
    private final Set<HostId> tried = new HashSet<>();
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer scratch = CharBuffer.allocate(256);

    private Segment current;
    private int movesBeforeFirstToken;
    private int continuations;
    private boolean over;

    Job(Jobs jobs, JobRequest request, int promptTokensAtMost, int maxTokens, Answer answer) {
        this.jobs = jobs;
        this.request = request;
        this.promptTokensAtMost = promptTokensAtMost;
        this.maxTokens = maxTokens;
        this.answer = answer;
    }

    public JobRequest request() {
        return request;
    }

    /** The consumer is gone or does not read: the host stops, and what was delivered is paid. */
    public void abandon(String reason) {
        if (over) return;
        cancelCurrent(reason);
        end(answer.isPiecewise());
    }

    /** The orchestrator stops: the consumer is told, and what it received is paid. */
    void stop() {
        if (over) return;
        cancelCurrent("the orchestrator is stopping");
        fail(Refusals.stopping());
    }

    /** Sends the job to the best host, or ends it with the reason why there is none. */
    void dispatch() {
        int left = maxTokens - delivered.count();
        RouteRequest wanted = new RouteRequest(
                request.promptTokensAtLeast() + delivered.count(),
                left,
                request.promptTokensAtLeast() + delivered.count() + 1,
                tried,
                jobs.affinity(request));
        switch (jobs.router().choose(wanted, jobs.serving(request.model().digest()))) {
            case Decision.Chosen<ServedModel> chosen -> send(chosen.candidate(), left);
            case Decision.NoHost<ServedModel> none ->
                fail(
                        tried.isEmpty()
                                ? Refusals.noHost(request.model().id(), none.rejections())
                                : Refusals.hostsFailed(request.model().id()));
        }
    }

    private void send(ServedModel served, int left) {
        HostConnection host = served.connection();
        tried.add(host.id());
        current = new Segment(request.id(), served, left, jobs.nanoTime());
        jobs.register(this, host, current.stream());
        host.send(new FromOrchestrator.JobOffer(
                current.stream(),
                request.id(),
                request.model().digest(),
                request.chat().messages(),
                request.chat().sampling(),
                request.chat().options(),
                maxTokens,
                request.chat().stop(),
                delivered.asList(),
                jobs.cacheScope(request.consumer())));
    }

    void started(FromHost.JobStarted message) {
        int believable = Math.min(promptTokensAtMost, current.served().contextLength());
        if (message.promptTokens() > believable) {
            hostFailed(JobFailure.INTERNAL, "It counted more prompt tokens than the prompt can have");
        } else {
            current.promptCounted(message.promptTokens(), message.cachedTokens());
        }
    }

    /** Token path: checks the frame, counts it and passes its text on. */
    void tokens(TokenFrame frame) {
        if (!isNext(frame)) {
            hostFailed(JobFailure.INTERNAL, "It sent tokens that cannot follow the ones before");
            return;
        }
        delivered.add(frame.tokens());
        current.delivered(frame, jobs.nanoTime());
        byte[] text = frame.chunk().bytes();
        if (text.length > 0) answer.text(text);
    }

    private boolean isNext(TokenFrame frame) {
        int[] ids = frame.tokens();
        if (frame.position() != delivered.count() || delivered.count() + ids.length > maxTokens) return false;
        if (ids.length == 0 && !current.mayRelease(frame.chunk().bytes().length, delivered.count())) return false;
        int vocabulary = current.served().announced().vocabularySize();
        for (int id : ids) if (id < 0 || id >= vocabulary) return false;
        return !frame.chunk().parted() && isWholeText(frame.chunk().bytes());
    }

    /** True when the bytes are whole UTF-8 characters; anything else would break the consumer's JSON. */
    private boolean isWholeText(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        utf8.reset();
        CoderResult result;
        do {
            scratch.clear();
            result = utf8.decode(in, scratch, true);
        } while (result.isOverflow());
        return result.isUnderflow() && !in.hasRemaining();
    }

    void finished(FromHost.JobFinished message) {
        Segment done = current;
        if (delivered.count() == 0 && message.completionTokens() > 0 || current.promptTokens() == 0) {
            hostFailed(JobFailure.INTERNAL, "It finished without delivering what it counted");
            return;
        }
        done.finished(message.signature());
        done.served().connection().jobSucceeded();
        jobs.remember(request, done.served().host());
        finishWith(message.finishReason().equals("length") ? "length" : "stop");
    }

    private void finishWith(String reason) {
        closeCurrent();
        answer.finish(summary(reason));
        end(true);
    }

    void failed(FromHost.JobFailed message) {
        if (message.code().worthTryingElsewhere()) {
            hostFailed(message.code(), "It said " + message.code());
        } else {
            closeCurrent();
            fail(Refusals.ofHost(message.code()));
        }
    }

    void hostLost() {
        hostFailed(JobFailure.ENGINE_LOST, "Its connection was lost");
    }

    /** A few times a second: is the host too slow? */
    void checkDeadlines(JobLimits limits) {
        if (current == null) return;
        Duration quiet = Duration.ofNanos(jobs.nanoTime() - current.quietSinceNanos());
        if (current.isFirstTokenDue()) {
            double prefill = current.served().prefillTokensPerSecond();
            int prompt = request.promptTokensAtLeast() + delivered.count();
            long estimate = prefill > 0 ? (long) (3000 * prompt / prefill) : 0;
            if (quiet.compareTo(limits.firstToken().plusMillis(estimate)) > 0) {
                late("Its first token did not come in time");
            }
        } else if (quiet.compareTo(limits.stall()) > 0) {
            late("Its tokens stopped coming");
        }
    }

    private void late(String why) {
        cancelCurrent(why);
        hostFailed(JobFailure.INTERNAL, why);
    }

    /** Another host takes over, from where the consumer is; or the job ends. */
    private void hostFailed(JobFailure code, String why) {
        HostConnection host = current.served().connection();
        log.info("Job {} failed at {} after {} tokens: {}", request.id(), host, current.tokens(), why);
        if (code.isHostFault()) host.jobFaulted();
        if (code == JobFailure.INTERNAL) host.send(new FromOrchestrator.CancelJob(current.stream(), why));
        if (current.hasReleased()) {
            // Held-back text comes last: the consumer has the whole answer, only the word that it ended is missing.
            finishWith(delivered.count() < maxTokens ? "stop" : "length");
            return;
        }
        closeCurrent();
        boolean mayMove = delivered.count() == 0
                ? movesBeforeFirstToken++ < jobs.limits().movesBeforeFirstToken()
                : continuations++ < jobs.limits().continuations();
        if (mayMove && delivered.count() < maxTokens) {
            dispatch();
        } else {
            fail(Refusals.hostsFailed(request.model().id()));
        }
    }

    private void fail(ApiError error) {
        answer.fail(error, summary("stop"));
        end(answer.isPiecewise());
    }

    private void cancelCurrent(String reason) {
        if (current != null) {
            current.served().connection().send(new FromOrchestrator.CancelJob(current.stream(), reason));
        }
    }

    private void closeCurrent() {
        if (current == null) return;
        current.close();
        jobs.unregister(current.served().connection(), current.stream());
        if (current.tokens() > 0 || current.hostSignature().isPresent()) segments.add(current);
        current = null;
    }

    /** @param received whether the consumer has what was delivered; otherwise nobody is paid */
    private void end(boolean received) {
        if (over) return;
        over = true;
        closeCurrent();
        jobs.ended(this, received ? paidSegments() : List.of());
    }

    /** The prompt is paid once, to the first host whose tokens the consumer received. */
    private List<PaidSegment> paidSegments() {
        List<PaidSegment> paid = new ArrayList<>();
        for (Segment segment : segments) {
            paid.add(new PaidSegment(
                    segment.served().connection(),
                    paid.isEmpty() ? segment.promptTokens() : 0,
                    segment.tokens(),
                    segment.deliveryHash(),
                    segment.hostSignature()));
        }
        return paid;
    }

    private Answer.Finish summary(String reason) {
        closeCurrent();
        List<PaidSegment> paid = paidSegments();
        Credits charged = paid.stream()
                .map(each -> request.model().price().cost(each.promptTokens(), each.completionTokens()))
                .reduce(Credits.ZERO, Credits::plus);
        int prompt = paid.isEmpty() ? 0 : paid.getFirst().promptTokens();
        int cached = segments.isEmpty() ? 0 : segments.getFirst().cachedTokens();
        List<String> hosts =
                paid.stream().map(each -> each.host().id().pseudonym()).toList();
        return new Answer.Finish(reason, Usage.of(prompt, delivered.count(), cached, 0), hosts, charged);
    }

    /** What one host is paid for. */
    record PaidSegment(
            HostConnection host,
            int promptTokens,
            int completionTokens,
            String deliveryHash,
            Optional<String> hostSignature) {}
}
