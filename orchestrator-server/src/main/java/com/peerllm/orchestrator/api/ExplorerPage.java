package com.peerllm.orchestrator.api;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * {@code GET /ledger/explorer}: the ledger as one page for people. It brings its script and style with it, runs no other ones, and
 * speaks to this orchestrator only.
 */
final class ExplorerPage {
    private static final String FILE = "/explorer/explorer.html";

    private final byte[] page;
    private final String policy;

    ExplorerPage() {
        try (InputStream file = ExplorerPage.class.getResourceAsStream(FILE)) {
            page = file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = new String(page, StandardCharsets.UTF_8);
        policy = "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                + " script-src " + hash(between(text, "<script>", "</script>"))
                + "; style-src " + hash(between(text, "<style>", "</style>"));
    }

    void send(Exchange exchange) {
        exchange.response
                .putHeader("content-type", "text/html; charset=utf-8")
                .putHeader("content-security-policy", policy)
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cache-control", "no-cache")
                .end(Buffer.buffer(page));
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
