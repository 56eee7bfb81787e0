package com.peerllm.orchestrator.routing;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.ModelFeature;

/**
 * One host with one model, as the router sees it at this moment.
 *
 * <p>The numbers are the orchestrator's own counts and measurements wherever it has them.
 */
public interface Candidate {
    HostId host();

    /** Tokens that one answer may span, prompt included. */
    int contextLength();

    /** Whether it announced that it can do this with the model. */
    boolean offers(ModelFeature feature);

    /** Answers it can take on now; jobs already sent to it are counted. */
    int freeSlots();

    /** Answers it is generating now. */
    int runningJobs();

    /** Tokens still to be generated for the jobs it has, at most. */
    long outstandingTokens();

    /** Tokens per second of one answer; 0 when unknown. */
    double decodeTokensPerSecond();

    /** Prompt tokens per second; 0 when unknown. */
    double prefillTokensPerSecond();

    /** How long it takes until the model is in memory; 0 when it is there. */
    default long loadMillis() {
        return 0;
    }

    double roundTripMillis();

    /** 0 (never) to 1 (as good as can be); see the reputation package. */
    double reputation();

    /** What its tokens cost: what it asks, or the network's price. */
    TokenPrice price();

    /** True while too little is known of it; newcomers share a small part of the traffic between them. */
    boolean newcomer();

    /** True while the host is leaving. */
    boolean draining();

    /** True while recent failures keep it from being asked. */
    boolean breakerOpen();
}
