package com.peerllm.endtoend.demo;

import com.peerllm.endtoend.client.ChatAnswer;
import com.peerllm.endtoend.client.StreamedAnswer;
import com.peerllm.endtoend.network.AccountBalance;
import com.peerllm.endtoend.network.Balances;
import com.peerllm.endtoend.network.LedgerAudit;
import com.peerllm.endtoend.network.PublicAudit;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import com.peerllm.shared.money.Credits;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the demo shows: aligned lines, answers as they arrive, the table of balances. */
final class Screen {
    private static final int LABEL_WIDTH = 18;
    private static final int ACCOUNT_WIDTH = 34;

    /** In the order of the table; other kinds come after them. */
    private static final List<String> ACCOUNT_KINDS = List.of("consumer", "host", "creator", "network");

    private final PrintStream out;
    private final Ink ink;

    Screen(PrintStream out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    void title(String text) {
        out.println();
        out.println(ink.bold(text));
    }

    void fact(String label, String value) {
        out.println("  " + ink.faint(pad(label, LABEL_WIDTH)) + value);
        out.flush();
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** The question, and where its answer is to be written as it arrives. */
    Paragraph question(String prompt) {
        out.println();
        out.println(ink.bold("> ") + ink.bold(prompt));
        return new Paragraph(out, "  ");
    }

    void answered(StreamedAnswer streamed, ChatAnswer answer) {
        String speed = streamed.tokensPerSecond().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "%,.0f tokens/s",
                        streamed.tokensPerSecond().getAsDouble())
                : "in one piece";
        long firstMillis =
                streamed.timeToFirstToken().map(time -> time.toMillis()).orElse(0L);
        out.println("  "
                + ink.accent(String.join(" then ", answer.extras().hosts()))
                + ink.faint(String.format(
                        Locale.ROOT,
                        "  %d tokens  %s  first after %d ms  %s",
                        answer.usage().completionTokens(),
                        speed,
                        firstMillis,
                        answer.extras().price())));
        out.flush();
    }

    /** Who delivered what of an answer whose host was killed, and how long the consumer waited for the next word. */
    void takenOver(Takeover takeover, List<Receipt> parts) {
        answered(takeover.streamed(), takeover.answer());
        for (Receipt part : parts) {
            fact(
                    part.host().pseudonym(),
                    "delivered " + part.completionTokens() + " tokens and got " + part.hostShare());
        }
        fact("gap", takeover.gap().toMillis() + " ms at most between two words; one answer, none of it twice");
    }

    /** Every account that ever had money, and every host; consumers first, where the money came from last. */
    void balances(Balances balances) {
        title("Balances");
        balances.accounts().stream()
                .filter(each -> !each.posted().isZero() || each.pseudonym().isPresent())
                .sorted(Comparator.comparingInt(Screen::rank).thenComparing(AccountBalance::account))
                .forEach(each -> amount(name(each), each.posted()));
        amount("sum", balances.sum());
    }

    private static int rank(AccountBalance balance) {
        int rank = ACCOUNT_KINDS.indexOf(balance.account().kind());
        return rank < 0 ? ACCOUNT_KINDS.size() : rank;
    }

    void audit(LedgerAudit audit) {
        String verdict = audit.clean()
                ? "clean: " + audit.transfers() + " transfers, " + audit.settlements() + " settlements, "
                        + audit.openHolds() + " open holds"
                : "NOT clean: " + audit.fault().orElse("no reason given");
        out.println();
        fact("audit", verdict);
    }

    void publicLog(PublicAudit audit) {
        fact(
                "log",
                audit.clean()
                        ? "clean: an auditor without a key replayed " + audit.size() + " entries of the public log, "
                                + audit.payments() + " payments, and checked " + audit.hostSignatures()
                                + " hosts' signatures"
                        : "NOT clean: " + audit.fault().orElseThrow());
    }

    void receipt(Receipt receipt, ReceiptVerifier.Verdict verdict) {
        String signers =
                verdict.hostSigned() ? "signed by the orchestrator and the host" : "signed by the orchestrator";
        fact(
                "receipt",
                verdict.holds()
                        ? "holds: " + receipt.host().pseudonym() + " got " + receipt.hostShare() + " for "
                                + receipt.completionTokens() + " tokens; " + signers
                        : "DOES NOT HOLD: " + String.join("; ", verdict.faults()));
    }

    /** A whole number of cents, for a sentence; tables show all decimals. */
    static String dollars(Credits wholeCents) {
        return "$" + BigDecimal.valueOf(wholeCents.nanoDollars(), 9).setScale(2);
    }

    private void amount(String name, Credits amount) {
        out.println("  " + pad(name, ACCOUNT_WIDTH) + String.format(Locale.ROOT, "%16s", amount));
    }

    private static String name(AccountBalance balance) {
        return balance.pseudonym()
                .map(pseudonym -> "host " + pseudonym)
                .orElseGet(
                        () -> balance.account().kind() + " " + balance.account().name());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
