package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.wire.TokenFrame;
import java.util.List;
import java.util.Optional;

/**
 * Passes on what hosts send of one choice, once it is checked and counted; it goes with the choice from host to host. Token
 * path, on the event loop.
 */
final class Relay {
    /** More than any answer in use; a host that sends more is not honest. */
    private static final long MOST_BYTES = 32 << 20;

    private final Assignments assignments;
    private final Job job;
    private final int index;
    private final int maxTokens;
    private final DeliveredTokens delivered;
    private final WholeText wholeText;
    private final PartReader parts;
    private final Answer answer;
    private long bytes;
    private int thoughtTokens;

    Relay(
            Assignments assignments,
            Job job,
            int index,
            int maxTokens,
            DeliveredTokens delivered,
            WholeText wholeText,
            PartReader parts,
            Answer answer) {
        this.assignments = assignments;
        this.job = job;
        this.index = index;
        this.maxTokens = maxTokens;
        this.delivered = delivered;
        this.wholeText = wholeText;
        this.parts = parts;
        this.answer = answer;
    }

    /** Tokens that were thought and said nothing. */
    int thoughtTokens() {
        return thoughtTokens;
    }

    /**
     * Checks the frame, counts it and passes on what it adds.
     *
     * @return whether the frame can follow the ones before; otherwise nothing has changed here
     */
    boolean pass(TokenFrame frame, Segment from) {
        byte[] body = frame.chunk().bytes();
        boolean plain = !frame.chunk().parted();
        Optional<List<AnswerPiece>> pieces = Optional.empty();
        boolean possible = isNext(frame, from) && bytes + body.length <= MOST_BYTES;
        if (possible && plain) {
            possible = wholeText.is(body);
        } else if (possible) {
            pieces = parts.read(frame.chunk(), frame.tokens().length);
            possible = pieces.isPresent();
        }
        if (!possible) return false;
        count(frame, from);
        if (plain) {
            if (body.length > 0) answer.text(index, body);
        } else {
            relay(pieces.get(), frame.tokens().length);
        }
        return true;
    }

    private void count(TokenFrame frame, Segment from) {
        if (from.tokens() == 0) job.counts(from);
        delivered.add(frame.tokens());
        bytes += frame.chunk().bytes().length;
        from.delivered(frame, assignments.nanoTime());
    }

    private void relay(List<AnswerPiece> pieces, int tokens) {
        boolean thought = false;
        boolean said = false;
        for (AnswerPiece piece : pieces) {
            thought |= piece instanceof AnswerPiece.Thought;
            said |= !(piece instanceof AnswerPiece.Thought) && !(piece instanceof AnswerPiece.Logprobs);
        }
        if (thought && !said) thoughtTokens += tokens;
        if (!pieces.isEmpty()) answer.pieces(index, pieces);
    }

    private boolean isNext(TokenFrame frame, Segment from) {
        int[] ids = frame.tokens();
        if (frame.position() != delivered.count() || delivered.count() + ids.length > maxTokens) return false;
        if (ids.length == 0 && !from.mayRelease(frame.chunk(), delivered.count())) return false;
        int vocabulary = from.served().announced().vocabularySize();
        for (int id : ids) if (id < 0 || id >= vocabulary) return false;
        return true;
    }
}
