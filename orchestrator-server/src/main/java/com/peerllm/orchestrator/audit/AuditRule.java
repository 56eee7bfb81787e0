package com.peerllm.orchestrator.audit;

import java.time.Duration;

/**
 * How many of a host's answers are checked by another host: all of its first ones, then fewer and fewer.
 *
 * <p>The adaptive replication of BOINC: with fewer than ten confirmed results in a row every result is checked, then one in as
 * many as were confirmed in a row, and a refuted one begins anew. A least share is added, so that nobody is ever sure.
 *
 * @param firstAnswers that are all checked
 * @param leastShare of the answers of a host that was always right; 0 switches audits off for all hosts
 * @param answer how long an auditor may take; another is asked then
 * @param verdict how long an answer's pay waits for its verdict; it is paid as if it had not been checked then
 */
public record AuditRule(int firstAnswers, double leastShare, Duration answer, Duration verdict) {
    public static final AuditRule STANDARD = new AuditRule(10, 0.02, Duration.ofSeconds(3), Duration.ofSeconds(8));

    public AuditRule {
        if (firstAnswers < 0 || leastShare < 0 || leastShare > 1) throw new IllegalArgumentException("No such share");
    }

    public AuditRule withLeastShare(double share) {
        return new AuditRule(firstAnswers, share, answer, verdict);
    }

    boolean isOff() {
        return leastShare == 0;
    }

    /** @param confirmedInARow audits that this host passed since the last that it failed */
    double chance(int confirmedInARow) {
        if (isOff()) return 0;
        if (confirmedInARow < firstAnswers) return 1;
        return Math.max(leastShare, 1.0 / Math.max(1, confirmedInARow));
    }
}
