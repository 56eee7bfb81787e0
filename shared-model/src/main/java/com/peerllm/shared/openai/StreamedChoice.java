package com.peerllm.shared.openai;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/** The events of one choice of a streamed answer, and those of them that wait for a slow consumer. {@link #text} is the token path. */
public final class StreamedChoice {
    private final ChoiceWriter chunks;
    private final ByteArrayOutputStream unreadText = new ByteArrayOutputStream();
    private final ByteArrayOutputStream unreadEvents = new ByteArrayOutputStream();
    private boolean begun;

    public StreamedChoice(ChoiceWriter chunks) {
        this.chunks = chunks;
    }

    /** Token path. */
    public byte[] text(byte[] utf8) {
        return begun ? chunks.text(utf8) : joined(begin(true), chunks.text(utf8));
    }

    public byte[] pieces(List<AnswerPiece> pieces) {
        byte[] events = chunks.pieces(pieces);
        return begun ? events : joined(begin(pieces.getFirst() instanceof AnswerPiece.Text), events);
    }

    /** What waits, and then the end. */
    public byte[] finish(FinishReason reason, Optional<String> extrasJson) {
        byte[] last = begun ? takeUnread() : begin(true);
        return joined(last, chunks.finish(reason, extrasJson));
    }

    private byte[] begin(boolean textFollows) {
        begun = true;
        return chunks.begin(textFollows);
    }

    /** Text that comes one after the other is put together into one event. */
    public void keepText(byte[] utf8) {
        if (!begun) unreadEvents.writeBytes(begin(true));
        unreadText.writeBytes(utf8);
    }

    public void keepPieces(List<AnswerPiece> pieces) {
        closeText();
        unreadEvents.writeBytes(pieces(pieces));
    }

    private void closeText() {
        if (unreadText.size() == 0) return;
        unreadEvents.writeBytes(chunks.text(unreadText.toByteArray()));
        unreadText.reset();
    }

    public int unreadBytes() {
        return unreadText.size() + unreadEvents.size();
    }

    public byte[] takeUnread() {
        closeText();
        byte[] taken = unreadEvents.toByteArray();
        unreadEvents.reset();
        return taken;
    }

    private static byte[] joined(byte[] first, byte[] then) {
        return new EventBytes(first.length + then.length).add(first).add(then).toBytes();
    }
}
