package com.peerllm.orchestrator.audit;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.wire.FromHost;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Has answers checked by other hosts before they are paid: which ones a rule says, and who checks is drawn. Lives on the event
 * loop.
 */
public final class Audits {
    /** Each keeps a prompt in memory; what comes beyond is paid unchecked. */
    private static final int MOST_OPEN = 1_000;

    private final AuditRule rule;
    private final Auditors auditors;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final AuditHistory history = new AuditHistory();
    private final Set<PartAudit> open = new LinkedHashSet<>();
    private boolean stopped;

    /** @param nanoTime a clock that never goes back */
    public Audits(AuditRule rule, HostRegistry registry, RandomGenerator random, LongSupplier nanoTime) {
        this.rule = rule;
        this.auditors = new Auditors(registry, random);
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /** Whether a part that this host begins now is to be checked; the host does not learn it. */
    public boolean samples(ServedModel served) {
        return random.nextDouble() < rule.chance(history.confirmedInARow(served));
    }

    /** Tells the verdict, at once or when other hosts were asked. */
    public void review(Claim claim, Consumer<Verdict> then) {
        if (stopped || open.size() >= MOST_OPEN) {
            then.accept(new Verdict.Stands(claim.promptTokens()));
            return;
        }
        long now = nanoTime.getAsLong();
        PartAudit audit = new PartAudit(this, claim, now, then);
        open.add(audit);
        audit.begin(now);
    }

    /** Verdicts that are still to come. */
    public int open() {
        return open.size();
    }

    /** A few times a second: who waits for too long? */
    public void checkDeadlines() {
        long now = nanoTime.getAsLong();
        for (PartAudit audit : List.copyOf(open)) audit.checkDeadline(rule, now);
    }

    /** Every part that waits is paid by what is known, and nothing is checked from now on. */
    public void stop() {
        stopped = true;
        for (PartAudit audit : List.copyOf(open)) audit.stop();
    }

    // What hosts say. A word about an audit that is over is of no interest.

    public void found(HostConnection host, FromHost.AuditDone done) {
        asked(host, done.stream()).ifPresent(audit -> audit.found(done, nanoTime.getAsLong()));
    }

    /** @return whether the message was about an audit */
    public boolean failed(HostConnection host, FromHost.JobFailed failed) {
        Optional<PartAudit> audit = asked(host, failed.stream());
        audit.ifPresent(each -> each.failed(nanoTime.getAsLong()));
        return audit.isPresent();
    }

    public void hostLost(HostConnection host) {
        for (PartAudit audit : List.copyOf(open)) if (audit.isAt(host)) audit.failed(nanoTime.getAsLong());
    }

    private Optional<PartAudit> asked(HostConnection host, long stream) {
        return open.stream().filter(audit -> audit.isAsked(host, stream)).findFirst();
    }

    // What a running audit needs.

    AuditHistory history() {
        return history;
    }

    Optional<ServedModel> draw(Claim claim, Set<HostId> not) {
        return auditors.draw(claim.by().announced().digest(), not, claim.trustedOnly());
    }

    void ended(PartAudit audit) {
        open.remove(audit);
    }
}
