package com.peerllm.orchestrator.routing;

/**
 * How many requests of a model the newcomers have earned so far, all of them together: an exact account, not a chance.
 *
 * <p>Each request that is served while the model has established hosts earns them a part of a request: 5 %, but never more
 * than three quarters of the newcomers' share of the hosts, so that a new identity gets less than an old one. A request that
 * a newcomer serves takes one away. More newcomers share the same income, so a thousand new identities earn what one does.
 *
 * <p>When no established host can take a request, a newcomer serves it all the same, on credit: the account goes below zero,
 * not deeper than {@link #DEBT}, and is paid back from what comes after.
 */
final class NewcomerBudget {
    /** Of all requests. */
    static final double SHARE = 0.05;

    /** Of what an equal share of the hosts would be. */
    static final double OF_EQUAL_SHARE = 0.75;

    /** Requests that can be saved up while no newcomer has room. */
    static final int SAVED = 2;

    /** Requests; at 5 % paid back within 1,000 others. */
    static final int DEBT = 50;

    /** Whole numbers, so that nothing is lost by rounding. */
    private static final long REQUEST = 1_000_000;

    private long earned;

    /** Whether the next request is the newcomers'. */
    boolean due(int newcomers, int hosts) {
        return newcomers > 0 && earned + income(newcomers, hosts) >= REQUEST;
    }

    /** A request was given to a host. */
    void served(boolean byNewcomer, int newcomers, int hosts) {
        long after = earned + income(newcomers, hosts) - (byNewcomer ? REQUEST : 0);
        earned = Math.clamp(after, -DEBT * REQUEST, SAVED * REQUEST);
    }

    private static long income(int newcomers, int hosts) {
        return Math.min((long) (SHARE * REQUEST), (long) (OF_EQUAL_SHARE * REQUEST) * newcomers / hosts);
    }
}
