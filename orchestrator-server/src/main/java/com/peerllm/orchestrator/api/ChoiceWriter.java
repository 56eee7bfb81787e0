package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.AnswerPiece;
import com.peerllm.orchestrator.jobs.FinishReason;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/** Writes the events of one choice of a streamed answer. */
interface ChoiceWriter {
    /** What comes before everything else; may be nothing. */
    Buffer begin(boolean textFollows);

    /** Token path. */
    Buffer text(byte[] utf8);

    /** What one frame adds; the log probabilities stand with the first of the other pieces. */
    Buffer pieces(List<AnswerPiece> pieces);

    /**
     * The last event of the choice.
     *
     * @param extrasJson who answered and what it costs, in the last chunk of the whole answer
     */
    Buffer finish(FinishReason reason, Optional<String> extrasJson);
}
