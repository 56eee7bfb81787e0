package com.peerllm.orchestrator.vouchers;

import com.peerllm.shared.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What is typed to redeem a voucher: {@code PLLM-} and 20 of 32 letters and digits in groups of five, 100 random bits. Small
 * letters, spaces and hyphens do not matter; I and L are read as 1 and O as 0, as in Crockford's base 32.
 *
 * <p>Only its SHA-256 is kept. A slow hash would add nothing, as with API keys: docs/decisions/0007-api-key-hashing.md.
 */
final class VoucherCode {
    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final String MARK = "PLLM";
    private static final int LENGTH = 20;
    private static final int GROUP = 5;
    private static final int LONGEST_TYPED = 100;

    private final String symbols;

    private VoucherCode(String symbols) {
        this.symbols = symbols;
    }

    static VoucherCode generate(SecureRandom random) {
        StringBuilder symbols = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) symbols.append(SYMBOLS.charAt(random.nextInt(SYMBOLS.length())));
        return new VoucherCode(symbols.toString());
    }

    /** Empty when the text is no code at all. */
    static Optional<VoucherCode> parse(String typed) {
        if (typed.length() > LONGEST_TYPED) return Optional.empty();
        String bare = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        if (!bare.startsWith(MARK) || bare.length() != MARK.length() + LENGTH) return Optional.empty();
        String symbols = bare.substring(MARK.length())
                .replace('I', '1')
                .replace('L', '1')
                .replace('O', '0');
        boolean known = symbols.chars().allMatch(symbol -> SYMBOLS.indexOf(symbol) >= 0);
        return known ? Optional.of(new VoucherCode(symbols)) : Optional.empty();
    }

    String text() {
        StringBuilder text = new StringBuilder(MARK);
        for (int i = 0; i < LENGTH; i += GROUP) text.append('-').append(symbols, i, i + GROUP);
        return text.toString();
    }

    /** What is kept of it. */
    String hash() {
        return HexFormat.of().formatHex(Sha256.of(symbols.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Leaves the code out. */
    @Override
    public String toString() {
        return "VoucherCode[]";
    }
}
