package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.routing.Rejection;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.shared.openai.ApiError;
import java.time.Duration;
import java.util.Map;

/** What wants a host, and waits for one if it must. Lives on the event loop. */
interface Waiter {
    Billable order();

    /** What it needs of a host now. */
    RouteRequest wanted();

    /** What it will cost the hosts, in tokens: the estimate that fair shares are counted in; more than zero. */
    long costTokens();

    /** What it keeps in memory while it waits, at least one. */
    long promptBytes();

    /** How long it waits at most. */
    Duration patience();

    /** True when its consumer has the beginning of the answer already: it goes on before others begin. */
    boolean hasBegun();

    /** True while it may wait for longer than its patience: another part of the same answer is being made. */
    boolean hasCompany();

    /** A host is there for it. It has left the queue. */
    void assigned(ServedModel host, Duration waited);

    /** No host can take it, now or soon. It has left the queue. */
    void noHost(Map<Rejection, Integer> rejections);

    /** It may not wait, or has waited for too long. It has left the queue. */
    void refused(ApiError error);

    /** Goes on waiting; told every few seconds. */
    void waits(int position, int of);
}
