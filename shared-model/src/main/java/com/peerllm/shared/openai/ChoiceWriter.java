package com.peerllm.shared.openai;

import java.util.List;
import java.util.Optional;

/** Writes the events of one choice of a streamed answer. */
public sealed interface ChoiceWriter permits ChunkWriter, TextChunkWriter {
    /** What comes before everything else; may be nothing. */
    byte[] begin(boolean textFollows);

    /** Token path. */
    byte[] text(byte[] utf8);

    /** What one frame adds; the log probabilities stand with the first of the other pieces. */
    byte[] pieces(List<AnswerPiece> pieces);

    /**
     * The last event of the choice.
     *
     * @param extrasJson who answered and what it costs, in the last chunk of the whole answer
     */
    byte[] finish(FinishReason reason, Optional<String> extrasJson);
}
