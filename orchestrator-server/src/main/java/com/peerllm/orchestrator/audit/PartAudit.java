package com.peerllm.orchestrator.audit;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.wire.FromHost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One part of an answer on its way to a verdict: one auditor is asked, and another when that one disagrees, fails or says
 * nothing. Ends exactly once. Lives on the event loop.
 */
final class PartAudit {
    private static final Logger log = LoggerFactory.getLogger(PartAudit.class);

    /** Some may fail to answer. */
    private static final int MOST_ASKED = 4;

    private final Audits audits;
    private final Claim claim;
    private final Consumer<Verdict> then;
    private final long begunNanos;
    private final Set<HostId> notAgain = new HashSet<>();
    private final List<ServedModel> auditors = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Question> open = Optional.empty();
    private int asked;
    private boolean over;

    /** What one auditor was asked. */
    record Question(ServedModel auditor, long stream, long sentNanos) {}

    PartAudit(Audits audits, Claim claim, long nowNanos, Consumer<Verdict> then) {
        this.audits = audits;
        this.claim = claim;
        this.begunNanos = nowNanos;
        this.then = then;
        notAgain.add(claim.by().host());
    }

    void begin(long nowNanos) {
        ask(nowNanos);
    }

    boolean isAsked(HostConnection host, long stream) {
        return open.filter(question -> question.auditor().connection() == host && question.stream() == stream)
                .isPresent();
    }

    boolean isAt(HostConnection host) {
        return open.filter(question -> question.auditor().connection() == host).isPresent();
    }

    void found(FromHost.AuditDone done, long nowNanos) {
        auditors.add(open.orElseThrow().auditor());
        open = Optional.empty();
        findings.add(Finding.of(done));
        switch (Weighing.outcome(claim.promptTokens(), claim.said(), findings)) {
            case OPEN -> ask(nowNanos);
            case CONFIRMED -> confirmed();
            case REFUTED -> refuted();
            case UNDECIDED -> undecided("three hosts differ");
        }
    }

    /** The auditor could not, or is gone. */
    void failed(long nowNanos) {
        open = Optional.empty();
        ask(nowNanos);
    }

    void checkDeadline(AuditRule rule, long nowNanos) {
        if (nowNanos - begunNanos > rule.verdict().toNanos()) {
            undecided("no verdict came in time");
        } else if (open.filter(question ->
                        nowNanos - question.sentNanos() > rule.answer().toNanos())
                .isPresent()) {
            failed(nowNanos);
        }
    }

    /** Paid by what is known now. */
    void stop() {
        undecided("the orchestrator is stopping");
    }

    private void ask(long nowNanos) {
        Optional<ServedModel> next = asked < MOST_ASKED ? audits.draw(claim, notAgain) : Optional.empty();
        if (next.isEmpty()) {
            undecided("nobody else has the model");
            return;
        }
        asked++;
        ServedModel auditor = next.get();
        notAgain.add(auditor.host());
        long stream = auditor.connection().nextStream();
        open = Optional.of(new Question(auditor, stream, nowNanos));
        auditor.connection().send(claim.offer(stream));
    }

    private void confirmed() {
        audits.history().confirmed(claim.by());
        claim.by().confirmed();
        for (int i = 0; i < findings.size(); i++) {
            if (!findings.get(i).supports(claim.promptTokens(), claim.said())) wrong(auditors.get(i));
        }
        stands();
    }

    /** Two hosts agree against an auditor. */
    private void wrong(ServedModel auditor) {
        log.warn("Host {} found otherwise of a part of job {} than two others", auditor.connection(), claim.job());
        audits.history().refuted(auditor);
        auditor.faulted(Fault.AUDIT_FAILED);
    }

    private void refuted() {
        log.warn(
                "Two hosts agree that the part of job {} by {} is not what it claims to be: it is not paid",
                claim.job(),
                claim.by().connection());
        audits.history().refuted(claim.by());
        claim.by().faulted(Fault.AUDIT_FAILED);
        end(new Verdict.Refuted());
    }

    private void undecided(String why) {
        if (!findings.isEmpty()) {
            log.warn(
                    "A part of job {} by {} stays in doubt: {}",
                    claim.job(),
                    claim.by().connection(),
                    why);
        }
        stands();
    }

    private void stands() {
        end(new Verdict.Stands(Weighing.paidPromptTokens(claim.promptTokens(), claim.said(), findings)));
    }

    private void end(Verdict verdict) {
        if (over) return;
        over = true;
        open = Optional.empty();
        audits.ended(this);
        then.accept(verdict);
    }
}
