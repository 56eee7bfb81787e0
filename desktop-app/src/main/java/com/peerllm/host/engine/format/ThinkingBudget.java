package com.peerllm.host.engine.format;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * How long a model may think in one answer, and what is written for it when that is spent.
 *
 * <p>At least a quarter of the answer is kept for what follows the thinking, and never less than 64 tokens or half of the answer.
 *
 * @param tokens most tokens of thinking
 * @param ending the token ids that end the thinking
 */
public record ThinkingBudget(int tokens, int[] ending) {
    private static final int KEPT_SHARE = 4;
    private static final int KEPT_TOKENS = 64;

    /** For an answer in which nothing is ever written for the model. */
    public static final ThinkingBudget NONE = new ThinkingBudget(Integer.MAX_VALUE, new int[0]);

    /**
     * @param wanted most tokens of thinking, as the request says
     * @param answer most tokens of the whole answer
     */
    public static ThinkingBudget of(OptionalInt wanted, int answer, int[] ending) {
        if (answer <= ending.length) return NONE;
        int kept = Math.max(answer / KEPT_SHARE, Math.min(KEPT_TOKENS, answer / 2));
        int most = Math.max(0, answer - kept - ending.length);
        return new ThinkingBudget(Math.min(wanted.orElse(most), most), ending);
    }

    /**
     * What must be written now; nothing while the model may go on thinking.
     *
     * @param said the ids of the answer so far; of an ending that was begun elsewhere only the rest is due
     */
    public int[] due(AnswerReader reader, int[] said) {
        if (ending.length == 0 || !reader.thinking() || reader.thoughtTokens() < tokens) return new int[0];
        int written = reader.thoughtTokens() - tokens;
        boolean begun = written < ending.length
                && written <= said.length
                && Arrays.equals(said, said.length - written, said.length, ending, 0, written);
        return begun ? Arrays.copyOfRange(ending, written, ending.length) : ending;
    }

    /** What must be written instead of an end that the model chose now: no answer ends in its thinking. */
    public int[] insteadOfEnd(AnswerReader reader) {
        return reader.thinking() ? ending : new int[0];
    }
}
