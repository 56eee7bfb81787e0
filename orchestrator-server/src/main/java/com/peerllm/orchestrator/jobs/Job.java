package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.FinishReason;
import com.peerllm.shared.openai.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.IntStream;

/**
 * The life of one request: its choices run side by side, and all of them together are paid once. Lives on the event loop.
 *
 * <p>Every way out goes through {@link #end}, once: the hosts' slots are free again, the ledger settles what the consumer
 * received, and the answer is closed.
 */
public final class Job {
    private final Jobs jobs;
    private final JobRequest request;
    private final int promptTokensAtMost;
    private final Answer answer;
    private final List<Choice> choices;
    private final SequencedSet<Segment> counted = new LinkedHashSet<>();
    private int ended;
    private boolean assigned;
    private boolean over;

    /** @param maxTokens of each choice */
    Job(Jobs jobs, JobRequest request, int promptTokensAtMost, int maxTokens, Answer answer) {
        this.jobs = jobs;
        this.request = request;
        this.promptTokensAtMost = promptTokensAtMost;
        this.answer = answer;
        this.choices = IntStream.range(0, request.chat().choices())
                .mapToObj(index -> new Choice(jobs, this, index, maxTokens, answer))
                .toList();
    }

    public JobRequest request() {
        return request;
    }

    int promptTokensAtMost() {
        return promptTokensAtMost;
    }

    /** Sends every choice to a host, or ends the job with the reason why there is none. */
    void dispatch() {
        for (Choice choice : choices) if (!over) choice.dispatch();
    }

    /** The consumer is gone or does not read: the hosts stop, and what was delivered is paid. */
    public void abandon(String reason) {
        if (over) return;
        over = true;
        cancelAll(reason);
        end("abandoned", answer.isPiecewise());
    }

    /** The orchestrator stops: the consumer is told, and what it received is paid. */
    void stop() {
        endWith(Refusals.stopping(), "the orchestrator is stopping");
    }

    /** A few times a second: is a host too slow? */
    void checkDeadlines() {
        for (Choice choice : choices) if (!over) choice.checkDeadlines();
    }

    /** A choice has a host; how long the first one waited is told to the consumer. */
    void assigned(Duration waited) {
        if (assigned) return;
        assigned = true;
        answer.begins(waited);
    }

    /** The first choice is so far in the queue; told while nothing has begun. */
    void waits(int position, int of) {
        if (!assigned) answer.waits(position, of);
    }

    /** Siblings go to the same host, which has their prompt computed already; else the conversation's last host is asked. */
    Optional<HostId> preferredHost(Choice choice) {
        return choices.stream()
                .filter(other -> other != choice)
                .flatMap(other -> other.host().stream())
                .findFirst()
                .or(() -> jobs.affinity(request));
    }

    boolean isOver() {
        return over;
    }

    boolean isRunning() {
        return choices.stream().anyMatch(Choice::isRunning);
    }

    /** A host delivered something that is paid; the order of the first words is the order of the receipts. */
    void counts(Segment segment) {
        counted.add(segment);
    }

    /** What it delivered was for nothing. */
    void countsNot(Segment segment) {
        counted.remove(segment);
    }

    void ended(Choice choice, FinishReason reason) {
        if (over) return;
        if (++ended == choices.size()) {
            over = true;
            answer.finish(choice.index(), reason, summary());
            end(reason.toString(), true);
            return;
        }
        answer.ended(choice.index(), reason);
    }

    /** One choice cannot be had, and so the request cannot: the others stop. */
    void fail(ApiError error) {
        endWith(error, "another choice of the request failed");
    }

    private void endWith(ApiError error, String reason) {
        if (over) return;
        over = true;
        cancelAll(reason);
        answer.fail(error);
        end(error.code(), answer.isPiecewise());
    }

    private void cancelAll(String reason) {
        for (Choice choice : choices) choice.cancel(reason);
    }

    /**
     * @param outcome in a word
     * @param received whether the consumer has what was delivered; otherwise nobody is paid
     */
    private void end(String outcome, boolean received) {
        choices.forEach(Choice::close);
        List<PaidSegment> paid = received ? paidSegments() : List.of();
        jobs.ended(this, outcome, paid);
        answer.over(PaidSegment.tokens(paid));
    }

    /** The prompt is paid once for all choices, to the host whose tokens came first. */
    private List<PaidSegment> paidSegments() {
        List<PaidSegment> paid = new ArrayList<>();
        for (Segment segment : counted) {
            paid.add(PaidSegment.of(segment, paid.isEmpty() ? segment.promptTokens() : 0));
        }
        return paid;
    }

    private Answer.Summary summary() {
        List<PaidSegment> paid = paidSegments();
        int prompt = paid.isEmpty() ? 0 : paid.getFirst().promptTokens();
        int cached = counted.isEmpty() ? 0 : counted.getFirst().cachedTokens();
        int completion = choices.stream().mapToInt(Choice::tokens).sum();
        int thought = choices.stream().mapToInt(Choice::thoughtTokens).sum();
        List<Answer.Part> parts = paid.stream()
                // Who only said that the answer was done delivered nothing.
                .filter(each -> each.promptTokens() + each.completionTokens() > 0)
                .map(PaidSegment::told)
                .toList();
        return new Answer.Summary(Usage.of(prompt, completion, cached, thought), parts);
    }
}
