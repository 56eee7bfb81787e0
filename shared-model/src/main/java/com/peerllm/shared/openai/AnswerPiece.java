package com.peerllm.shared.openai;

/** One checked piece of an answer that is more than plain text; all UTF-8 in it is whole characters. */
public sealed interface AnswerPiece {

    /** More of the text. */
    record Text(byte[] utf8) implements AnswerPiece {}

    /** More of what the model thought before its answer. */
    record Thought(byte[] utf8) implements AnswerPiece {}

    /**
     * A call begins.
     *
     * @param index its place among the choice's calls
     * @param id names it in the follow-up; the same on whichever host it is made
     */
    record Call(int index, String id, String name) implements AnswerPiece {}

    /** More of the arguments of the call at this place. */
    record Arguments(int index, byte[] utf8) implements AnswerPiece {}

    /** Log probabilities of the tokens that the pieces beside it belong to: JSON objects with commas between. */
    record Logprobs(byte[] entriesJson) implements AnswerPiece {}
}
