package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.TokenFrame;

/** One host's try at one choice: hears what that host says and asks the choice what follows from it. Lives on the event loop. */
final class Attempt implements HostWork {
    private final Choice choice;
    private final Assignments assignments;
    private final Segment segment;
    private boolean over;

    Attempt(Choice choice, Assignments assignments, Segment segment) {
        this.choice = choice;
        this.assignments = assignments;
        this.segment = segment;
        assignments.add(segment, this);
    }

    Segment segment() {
        return segment;
    }

    @Override
    public boolean isOn(HostConnection host) {
        return !over && segment.served().connection() == host;
    }

    @Override
    public void started(FromHost.JobStarted message) {
        if (message.promptTokens() > choice.promptTokensBelievedOf(segment)) {
            choice.hostFailed(this, Fault.OVERCLAIMED_PROMPT);
        } else {
            segment.promptCounted(message.promptTokens(), message.cachedTokens());
        }
    }

    /** Token path. */
    @Override
    public void tokens(TokenFrame frame) {
        choice.tokens(this, frame);
    }

    @Override
    public void finished(FromHost.JobFinished message) {
        choice.finished(this, message);
    }

    @Override
    public void failed(FromHost.JobFailed message) {
        choice.failed(this, message.code());
    }

    @Override
    public void hostLost() {
        choice.hostFailed(this, Fault.CONNECTION_LOST);
    }

    /** A few times a second: is the host too slow? */
    void checkDeadline(Patience patience, int promptTokens, long nowNanos) {
        if (!over && segment.isLate(patience, promptTokens, nowNanos)) {
            choice.hostFailed(this, segment.isFirstTokenDue() ? Fault.FIRST_TOKEN_LATE : Fault.STALLED);
        }
    }

    /** Tells the host that nothing more is wanted. */
    void cancel(String reason) {
        if (!over) segment.cancel(reason);
    }

    /** Nothing of it counts from now on; safe to call twice. */
    void close() {
        if (over) return;
        over = true;
        assignments.release(segment);
    }
}
