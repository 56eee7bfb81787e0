package com.peerllm.orchestrator.accounts;

import com.peerllm.shared.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text a consumer sends: {@code pllm_}, the key's id of 12 hex digits, {@code _}, and 256 random bits in base64url.
 *
 * <p>Only the SHA-256 of the random part is kept. A slow hash would add nothing, because 256 random bits cannot be
 * guessed: docs/decisions/0007-api-key-hashing.md.
 */
record KeySecret(String keyId, String random) {
    private static final Pattern FORM = Pattern.compile("pllm_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");

    static KeySecret generate(SecureRandom source) {
        byte[] id = new byte[6];
        byte[] random = new byte[32];
        source.nextBytes(id);
        source.nextBytes(random);
        return new KeySecret(
                HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    static Optional<KeySecret> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(new KeySecret(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /** What is kept of it. */
    byte[] hash() {
        return Sha256.of(random.getBytes(StandardCharsets.US_ASCII));
    }

    String text() {
        return "pllm_" + keyId + "_" + random;
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "KeySecret[" + keyId + "]";
    }
}
