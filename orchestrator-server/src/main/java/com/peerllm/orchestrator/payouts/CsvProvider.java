package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.payouts.PayoutResult.Outcome;
import com.peerllm.shared.money.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Orders and results as CSV (RFC 4180), for a person or a bank's program. */
public final class CsvProvider implements PayoutProvider {
    private static final List<String> ORDER_COLUMNS =
            List.of("batch", "payout_id", "account", "method", "payee", "amount", "currency");
    private static final List<String> RESULT_COLUMNS = List.of("payout_id", "result", "reference");
    private static final String CURRENCY = "USD";
    /** A spreadsheet takes what begins so for a formula. */
    private static final String FORMULA_STARTS = "=+-@\t\r";

    @Override
    public String file(List<PaymentOrder> orders) {
        return Stream.concat(Stream.of(ORDER_COLUMNS), orders.stream().map(CsvProvider::row))
                .map(row -> row.stream().map(CsvProvider::field).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
    }

    private static List<String> row(PaymentOrder order) {
        return List.of(
                Long.toString(order.batch()),
                order.payoutId(),
                order.account().value(),
                order.payee().method(),
                order.payee().details(),
                decimals(order.amount()),
                CURRENCY);
    }

    /** Two decimals; the amount has no more. */
    static String decimals(Credits amount) {
        return BigDecimal.valueOf(amount.nanoDollars(), 9)
                .setScale(2, RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** Quoted where the form asks for it; an apostrophe keeps a spreadsheet from computing. */
    static String field(String text) {
        String safe = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    @Override
    public List<PayoutResult> results(String file) {
        List<List<String>> rows = CsvReader.rows(file);
        if (rows.isEmpty()
                || !rows.getFirst().stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList()
                        .equals(RESULT_COLUMNS)) {
            throw new IllegalArgumentException("The first line of a file of results is "
                    + String.join(",", RESULT_COLUMNS) + "; result is paid or failed");
        }
        List<PayoutResult> results = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < rows.size(); i++) {
            PayoutResult result = result(rows.get(i), i + 1);
            if (!seen.add(result.payoutId())) {
                throw new IllegalArgumentException("Row " + (i + 1) + ": " + result.payoutId() + " is there twice");
            }
            results.add(result);
        }
        return results;
    }

    private static PayoutResult result(List<String> row, int number) {
        if (row.size() != RESULT_COLUMNS.size()) {
            throw new IllegalArgumentException(
                    "Row " + number + " has " + row.size() + " fields, not " + RESULT_COLUMNS.size());
        }
        try {
            return new PayoutResult(
                    row.get(0).strip(),
                    Outcome.of(row.get(1).strip().toLowerCase(Locale.ROOT)),
                    row.get(2).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Row " + number + ": " + e.getMessage(), e);
        }
    }
}
