package com.peerllm.host.engine.worker;

import java.util.BitSet;
import java.util.OptionalInt;

/**
 * The tokens of a vocabulary whose bytes in an answer are not the text that llama.cpp's grammars take them for: control tokens
 * add nothing although their names are text, and broken UTF-8 reads differently. An answer that must have a form does without
 * them.
 */
final class SilentTokens {
    private final BitSet tokens;
    private final OptionalInt anEnd;

    private SilentTokens(BitSet tokens, OptionalInt anEnd) {
        this.tokens = tokens;
        this.anEnd = anEnd;
    }

    /** Looks at the whole vocabulary: a few tenths of a second for a large one. */
    static SilentTokens of(Vocabulary vocabulary) {
        BitSet silent = new BitSet(vocabulary.size());
        OptionalInt anEnd = OptionalInt.empty();
        for (int token = 0; token < vocabulary.size(); token++) {
            if (vocabulary.endsAnswer(token)) {
                if (anEnd.isEmpty()) anEnd = OptionalInt.of(token);
                continue;
            }
            byte[] piece = vocabulary.readPiece(token);
            if (piece.length == 0 || breaksCharacter(piece)) silent.set(token);
        }
        return new SilentTokens(silent, anEnd);
    }

    boolean contains(int token) {
        return tokens.get(token);
    }

    /** One of the tokens that end answers, if the vocabulary has any. */
    OptionalInt anEnd() {
        return anEnd;
    }

    /** Whether a character begins and does not go on although the piece does. One cut off at an end of the piece is whole elsewhere. */
    static boolean breaksCharacter(byte[] piece) {
        int missing = 0;
        for (byte b : piece) {
            boolean continues = (b & 0xC0) == 0x80;
            if (missing > 0 && !continues) return true;
            if (missing > 0) missing--;
            else missing = following(b);
        }
        return false;
    }

    private static int following(byte first) {
        if ((first & 0xE0) == 0xC0) return 1;
        if ((first & 0xF0) == 0xE0) return 2;
        return (first & 0xF8) == 0xF0 ? 3 : 0;
    }
}
