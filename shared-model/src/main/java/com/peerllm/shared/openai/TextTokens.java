package com.peerllm.shared.openai;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Between how many tokens a text must be, without its model's tokenizer.
 *
 * <p>No tokenizer makes more than one token of a byte of what it reads. Some read a text in Unicode's compatibility form (NFKC), in
 * which a character of 3 bytes can be 18 letters, so the bytes of that form count where they are more.
 *
 * <p>That form is made piece by piece: marks on one letter are sorted, which takes the JDK the square of their number (measured: 64,000
 * marks 2.5 s), and nobody may make the orchestrator work so long.
 */
public final class TextTokens {
    /** English text has about 4.5 bytes to a token; no tokenizer in use packs more than this on average. */
    public static final int BYTES_PER_TOKEN_AT_MOST = 8;

    /** Longest piece, reached only by a text with so many marks on one letter, which no language has. */
    private static final int MOST_PIECE_CHARS = 64;

    /** From here on a piece ends before the next letter, which gives the same bytes as the text in one piece. */
    private static final int PIECE_CHARS = 32;

    /** A letter and marks that became one character in a piece may stay apart in the whole: at most 8 bytes instead of 3. */
    private static final int MORE_BYTES_AFTER_CUT = 8;

    private TextTokens() {}

    /** A host that counts more is not believed. */
    public static int atMost(String text) {
        int bytes = bytes(text);
        // Each byte a character: ASCII, which is its own compatibility form.
        return bytes == text.length() ? bytes : Math.max(bytes, compatibilityBytes(text));
    }

    /** For turning down what fits nowhere. */
    public static int atLeast(String text) {
        return bytes(text) / BYTES_PER_TOKEN_AT_MOST + 1;
    }

    private static int compatibilityBytes(String text) {
        long bytes = 0;
        int end;
        for (int start = 0; start < text.length(); start = end) {
            end = pieceEnd(text, start);
            String piece = text.substring(start, end);
            bytes += bytes(Normalizer.normalize(piece, Normalizer.Form.NFKC));
            if (end < text.length() && mayJoinWhatIsBefore(text.codePointAt(end))) bytes += MORE_BYTES_AFTER_CUT;
        }
        return Math.toIntExact(bytes);
    }

    private static int pieceEnd(String text, int start) {
        int end = Math.min(start + PIECE_CHARS, text.length());
        int most = Math.min(start + MOST_PIECE_CHARS, text.length());
        while (end < most && mayJoinWhatIsBefore(text.codePointAt(end))) end++;
        boolean inPair = end < text.length()
                && Character.isLowSurrogate(text.charAt(end))
                && Character.isHighSurrogate(text.charAt(end - 1));
        return inPair ? end + 1 : end;
    }

    /** Marks do, and halfwidth voiced sound marks of Japanese; parts of Korean syllables only become fewer bytes by joining. */
    private static boolean mayJoinWhatIsBefore(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.MODIFIER_LETTER,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
