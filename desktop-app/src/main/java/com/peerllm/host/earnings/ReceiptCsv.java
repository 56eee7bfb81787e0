package com.peerllm.host.earnings;

import com.peerllm.host.storage.ReceiptTable;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Receipts as a table for spreadsheets and tax offices: RFC 4180, dollars as plain decimals, times in UTC. Text that a
 * spreadsheet would take for a formula is quoted with an apostrophe, for strangers wrote parts of it.
 */
public final class ReceiptCsv {
    private static final String HEAD = "settled_at,network,job,part,model,model_sha256,prompt_tokens,completion_tokens,"
            + "delivered_tokens,charged_usd,host_share_usd,network_share_usd,creator_share_usd,status,faults,log_leaf";

    private ReceiptCsv() {}

    /** All that there are, the oldest first. */
    public static void write(ReceiptTable receipts, PrintWriter out) {
        out.print(HEAD + "\r\n");
        receipts.each(stored -> out.print(line(stored) + "\r\n"));
        out.flush();
    }

    static String line(StoredReceipt stored) {
        Receipt receipt = stored.receipt();
        return Stream.of(
                        Instant.ofEpochMilli(receipt.settledAtMillis()).toString(),
                        receipt.orchestrator(),
                        receipt.job().value(),
                        Integer.toString(receipt.segment()),
                        receipt.model().value(),
                        receipt.modelDigest().hex(),
                        Integer.toString(receipt.promptTokens()),
                        Integer.toString(receipt.completionTokens()),
                        orNothing(stored.deliveredTokens()),
                        dollars(receipt.charged()),
                        dollars(receipt.hostShare()),
                        dollars(receipt.networkShare()),
                        dollars(receipt.creatorShare()),
                        stored.status().name().toLowerCase(Locale.ROOT),
                        String.join("; ", stored.faults()),
                        receipt.leaf().map(Object::toString).orElse(""))
                .map(ReceiptCsv::field)
                .collect(Collectors.joining(","));
    }

    private static String orNothing(OptionalInt known) {
        return known.isPresent() ? Integer.toString(known.getAsInt()) : "";
    }

    private static String dollars(Credits amount) {
        return BigDecimal.valueOf(amount.nanoDollars(), 9).toPlainString();
    }

    private static String field(String text) {
        boolean number = text.matches("-?[0-9]+(\\.[0-9]+)?");
        String safe = !number && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        if (safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) return safe;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
