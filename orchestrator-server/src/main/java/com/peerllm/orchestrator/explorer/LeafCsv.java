package com.peerllm.orchestrator.explorer;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Leaves as comma-separated values (RFC 4180), one line each under one header. A text that a spreadsheet would take for a formula
 * begins with an apostrophe.
 */
final class LeafCsv {
    /** As {@link LeafJson} names them, and {@code utc}; a leaf has nothing in the columns of other kinds. */
    private static final List<String> COLUMNS = List.of(
            "leaf",
            "kind",
            "time",
            "utc",
            "job",
            "segment",
            "host",
            "host_pseudonym",
            "model",
            "digest",
            "prompt_tokens",
            "completion_tokens",
            "prompt_price_nanodollars",
            "completion_price_nanodollars",
            "charged_nanodollars",
            "host_share_nanodollars",
            "network_share_nanodollars",
            "creator_share_nanodollars",
            "creator",
            "consumer",
            "cause",
            "debit",
            "credit",
            "amount_nanodollars",
            "consumer_nanodollars",
            "promo_nanodollars",
            "host_nanodollars",
            "creator_nanodollars",
            "network_nanodollars",
            "payout_nanodollars",
            "mint_nanodollars",
            "accounts",
            "sum_nanodollars",
            "root");

    private LeafCsv() {}

    static String header() {
        return String.join(",", COLUMNS) + "\r\n";
    }

    static String line(LeafRow row) {
        Fields fields = LeafJson.of(row);
        Map<String, Object> values = fields.map();
        if (values.get("time") instanceof Long time) fields.with("utc", utc(time));
        return COLUMNS.stream().map(column -> cell(values.get(column))).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String utc(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** Numbers stay as they are, negative ones too: they are made here and not read from anybody. */
    static String cell(Object value) {
        return switch (value) {
            case null -> "";
            case Number number -> number.toString();
            default -> quoted(harmless(value.toString()));
        };
    }

    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
