package com.peerllm.host.localapi;

import com.peerllm.shared.openai.AnswerPiece;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.FinishReason;
import com.peerllm.shared.openai.Usage;
import java.util.List;

/**
 * Where the choices of one answer go. Called by one thread at a time: {@code pieces} and {@code ended} for each choice, then {@code
 * finished} once; or {@code failed} once at any time, and nothing after it.
 */
sealed interface AnswerSink permits StreamedAnswer, WholeAnswer {

    /** @param pieces what one step added, never empty */
    void pieces(int choice, List<AnswerPiece> pieces);

    /** @param last whether all other choices have ended */
    void ended(int choice, FinishReason reason, boolean last);

    void finished(Usage usage);

    void failed(ApiError error);
}
