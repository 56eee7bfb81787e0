package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.audit.Audits;
import com.peerllm.orchestrator.audit.Claim;
import com.peerllm.orchestrator.audit.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has parts paid that stand, once the verdicts of those that were sampled are there. Lives on the event loop. */
final class ReviewedPayments {
    private final Audits audits;
    private final Payments payments;
    private int open;

    ReviewedPayments(Audits audits, Payments payments) {
        this.audits = audits;
        this.payments = payments;
    }

    /** Jobs that wait for a verdict. */
    int open() {
        return open;
    }

    void pay(Billable request, List<PaidSegment> parts) {
        open++;
        review(request, parts, 0, new ArrayList<>());
    }

    /** One part after the other: an answer has few. */
    private void review(Billable request, List<PaidSegment> parts, int next, List<PaidSegment> standing) {
        if (next == parts.size()) {
            open--;
            payments.pay(request, standing);
            return;
        }
        PaidSegment part = parts.get(next);
        Optional<Claim> claim = part.claim();
        if (claim.isEmpty()) {
            standing.add(part);
            review(request, parts, next + 1, standing);
            return;
        }
        audits.review(claim.get(), verdict -> {
            if (verdict instanceof Verdict.Stands(int promptTokens)) standing.add(part.withPromptAtMost(promptTokens));
            review(request, parts, next + 1, standing);
        });
    }
}
