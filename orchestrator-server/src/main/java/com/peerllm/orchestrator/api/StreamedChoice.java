package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.AnswerPiece;
import com.peerllm.orchestrator.jobs.FinishReason;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/** The events of one choice of a streamed answer, and those of them that wait for a slow consumer. {@link #text} is the token path. */
final class StreamedChoice {
    private final ChoiceWriter chunks;
    private final ByteArrayOutputStream unreadText = new ByteArrayOutputStream();
    private Buffer unreadEvents = Buffer.buffer();
    private boolean begun;

    StreamedChoice(ChoiceWriter chunks) {
        this.chunks = chunks;
    }

    /** Token path. */
    Buffer text(byte[] utf8) {
        return begun ? chunks.text(utf8) : begin(true).appendBuffer(chunks.text(utf8));
    }

    Buffer pieces(List<AnswerPiece> pieces) {
        Buffer events = chunks.pieces(pieces);
        return begun
                ? events
                : begin(pieces.getFirst() instanceof AnswerPiece.Text).appendBuffer(events);
    }

    /** What waits, and then the end. */
    Buffer finish(FinishReason reason, Optional<String> extrasJson) {
        Buffer last = begun ? takeUnread() : begin(true);
        return last.appendBuffer(chunks.finish(reason, extrasJson));
    }

    private Buffer begin(boolean textFollows) {
        begun = true;
        return chunks.begin(textFollows);
    }

    /** Text that comes one after the other is put together into one event. */
    void keepText(byte[] utf8) {
        if (!begun) unreadEvents.appendBuffer(begin(true));
        unreadText.writeBytes(utf8);
    }

    void keepPieces(List<AnswerPiece> pieces) {
        closeText();
        unreadEvents.appendBuffer(pieces(pieces));
    }

    private void closeText() {
        if (unreadText.size() == 0) return;
        unreadEvents.appendBuffer(chunks.text(unreadText.toByteArray()));
        unreadText.reset();
    }

    int unreadBytes() {
        return unreadText.size() + unreadEvents.length();
    }

    Buffer takeUnread() {
        closeText();
        Buffer taken = unreadEvents;
        unreadEvents = Buffer.buffer();
        return taken;
    }
}
