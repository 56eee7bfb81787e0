package com.peerllm.orchestrator.payouts;

import java.util.ArrayList;
import java.util.List;

/** Takes a CSV text (RFC 4180) apart. Lines end with CR LF or LF; empty ones are passed over. */
final class CsvReader {
    private final String text;
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private int at;

    private CsvReader(String text) {
        // What Windows programs put before UTF-8.
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** @throws IllegalArgumentException when a quote is not closed, or something stands behind it */
    static List<List<String>> rows(String text) {
        CsvReader reader = new CsvReader(text);
        reader.read();
        return reader.rows;
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '"' -> quoted();
                case ',' -> endField();
                case '\n' -> endRow();
                case '\r' -> {
                    if (at == text.length() || text.charAt(at) != '\n') endRow();
                }
                default -> field.append(c);
            }
        }
        endRow();
    }

    private void quoted() {
        if (!field.isEmpty()) throw new IllegalArgumentException("Row " + number() + ": a quote inside a field");
        while (true) {
            int end = text.indexOf('"', at);
            if (end < 0) throw new IllegalArgumentException("Row " + number() + ": a quote is not closed");
            field.append(text, at, end);
            at = end + 1;
            if (at == text.length() || text.charAt(at) != '"') break;
            field.append('"');
            at++;
        }
        if (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            throw new IllegalArgumentException("Row " + number() + ": something stands behind a quote");
        }
    }

    private int number() {
        return rows.size() + 1;
    }

    private void endField() {
        row.add(field.toString());
        field.setLength(0);
    }

    private void endRow() {
        endField();
        if (row.size() > 1 || !row.getFirst().isEmpty()) rows.add(row);
        row = new ArrayList<>();
    }
}
