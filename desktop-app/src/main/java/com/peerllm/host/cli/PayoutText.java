package com.peerllm.host.cli;

import com.peerllm.host.StatusWords;
import com.peerllm.shared.payout.PayoutStatement;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/** Writes a statement of payouts as a person reads it. */
final class PayoutText {
    private final PrintWriter out;
    private final ZoneId zone;

    /** @param zone of the clock that the person looks at */
    PayoutText(PrintWriter out, ZoneId zone) {
        this.out = out;
        this.zone = zone;
    }

    /** The sums alone. */
    void printSums(PayoutStatement statement) {
        out.println(
                "By " + statement.orchestrator() + ", in " + statement.currency() + ": earned " + statement.earned());
        out.println("  pending    " + statement.pending() + maturing(statement));
        out.println("  mature     " + statement.mature());
        out.println("  in transit " + statement.inTransit());
        out.println("  paid       " + statement.paid());
    }

    void print(PayoutStatement statement) {
        printSums(statement);
        statement.payeeMethod().ifPresent(method -> out.println("Paid by " + method + "."));
        out.println(next(statement));
        for (PayoutStatement.Payout payout : statement.payouts()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%s  %s  %s  %s%s",
                    moment(payout.atMillis()),
                    payout.amount(),
                    payout.id(),
                    switch (payout.state()) {
                        case IN_TRANSIT -> "in transit";
                        case PAID -> "paid";
                        case RETURNED -> "returned";
                    },
                    payout.note().map(note -> ": " + note).orElse("")));
        }
    }

    private String moment(long millis) {
        return StatusWords.moment(Instant.ofEpochMilli(millis), zone);
    }

    private String maturing(PayoutStatement statement) {
        if (statement.maturing().isEmpty()) return "";
        PayoutStatement.Maturing first = statement.maturing().getFirst();
        return "  (" + first.amount() + " of it until " + moment(first.atMillis()) + ")";
    }

    private static String next(PayoutStatement statement) {
        return switch (statement.next()) {
            case BLOCKED ->
                "Nothing is paid out, because this host is blocked: "
                        + statement.blockedReason().orElse("no reason was given");
            case SET_PAYEE ->
                "The network does not know how to pay this host. Say it with: peerllm host payout set --method iban"
                        + " --to-file FILE";
            case NEXT_BATCH -> "Next: the mature amount is in the operator's next batch of payouts.";
            case WAIT ->
                "Next: when enough is mature. Payouts begin at " + statement.threshold()
                        + "; earnings of new hosts wait before they count.";
            case EARN_MORE -> "Next: payouts begin at " + statement.threshold() + ".";
        };
    }
}
