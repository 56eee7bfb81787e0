package com.peerllm.host.engine.worker;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * With which ASCII character each token begins. A grammar that refuses a character refuses all tokens that begin with it, so
 * most tokens of a large vocabulary need not be shown to it one by one.
 */
final class FirstCharacters {
    private static final int ASCII = 128;
    private static final byte OTHER = -1;

    private final byte[] firstOfToken;
    private final int[] probes;

    private FirstCharacters(byte[] firstOfToken, int[] probes) {
        this.firstOfToken = firstOfToken;
        this.probes = probes;
    }

    /** Looks at the whole vocabulary. */
    static FirstCharacters of(Vocabulary vocabulary) {
        byte[] first = new byte[vocabulary.size()];
        int[] alone = new int[ASCII];
        Arrays.fill(alone, OTHER);
        for (int token = 0; token < first.length; token++) {
            byte[] piece = vocabulary.readPiece(token);
            first[token] = piece.length == 0 || piece[0] < 0 || vocabulary.endsAnswer(token) ? OTHER : piece[0];
            if (piece.length == 1 && first[token] != OTHER) alone[first[token]] = token;
        }
        return new FirstCharacters(
                first, Arrays.stream(alone).filter(token -> token != OTHER).toArray());
    }

    /** Tokens that are one ASCII character each. */
    int[] probes() {
        return probes;
    }

    /** The tokens that can come when only some of the {@link #probes} can; where there is no probe, nothing is known. */
    IntPredicate after(IntPredicate possibleProbe) {
        boolean[] refused = new boolean[ASCII];
        for (int probe : probes) if (!possibleProbe.test(probe)) refused[firstOfToken[probe]] = true;
        return token -> firstOfToken[token] == OTHER || !refused[firstOfToken[token]];
    }
}
