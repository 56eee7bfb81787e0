package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.audit.Audits;
import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.shared.openai.AnswerPiece;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.wire.TokenFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Passes on what hosts send of one choice, once it is checked and counted; it goes with the choice from host to host. Token
 * path, on the event loop.
 */
final class Relay {
    /** More than any answer in use; a host that sends more is not honest. */
    private static final long MOST_BYTES = 32 << 20;

    private static final Optional<Fault> IMPOSSIBLE = Optional.of(Fault.IMPOSSIBLE_TOKENS);
    private static final Optional<Fault> SILENT = Optional.of(Fault.SAID_NOTHING);

    /** Half a character, and the words by which a model begins and ends its thinking. */
    private static final int SILENT_TOKENS = 64;

    /** A call says nothing until it is sure that it is one. */
    private static final int SILENT_TOKENS_OF_CALLS = 4_096;

    private final Assignments assignments;
    private final Audits audits;
    private final Job job;
    private final int index;
    private final int maxTokens;
    private final DeliveredTokens delivered;
    private final WholeText wholeText;
    private final PartReader parts;
    private final Answer answer;
    private final boolean logprobsAsked;
    private final int silentAtMost;
    private long bytes;
    private int thoughtTokens;
    private int silentTokens;

    Relay(
            Assignments assignments,
            Audits audits,
            Job job,
            int index,
            int maxTokens,
            DeliveredTokens delivered,
            WholeText wholeText,
            PartReader parts,
            Answer answer) {
        this.assignments = assignments;
        this.audits = audits;
        this.job = job;
        this.index = index;
        this.maxTokens = maxTokens;
        this.delivered = delivered;
        this.wholeText = wholeText;
        this.parts = parts;
        this.answer = answer;
        this.logprobsAsked = job.request().chat().options().topLogprobs().isPresent();
        this.silentAtMost = silentAtMost(job.request().chat());
    }

    /** What may be held back for a stop string can be a token for each byte; a consumer can force tokens that say nothing. */
    private static int silentAtMost(ChatCompletionRequest chat) {
        if (!chat.sampling().logitBias().isEmpty()) return Integer.MAX_VALUE;
        int stop = chat.stop().stream()
                .mapToInt(each -> each.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
        return SILENT_TOKENS + stop + (chat.options().tools().isPresent() ? SILENT_TOKENS_OF_CALLS : 0);
    }

    /** Tokens that were thought and said nothing. */
    int thoughtTokens() {
        return thoughtTokens;
    }

    /**
     * Checks the frame, counts it and passes on what it adds.
     *
     * @return why the host cannot go on; then nothing of the frame was passed on
     */
    Optional<Fault> pass(TokenFrame frame, Segment from) {
        byte[] body = frame.chunk().bytes();
        boolean plain = !frame.chunk().parted();
        List<AnswerPiece> pieces = List.of();
        boolean possible = isNext(frame, from) && bytes + body.length <= MOST_BYTES;
        if (possible && plain) {
            possible = wholeText.is(body) && !lacksLogprobs(frame, body);
        } else if (possible) {
            Optional<List<AnswerPiece>> read = parts.read(frame.chunk(), frame.tokens().length);
            possible = read.isPresent() && !lacksLogprobs(frame, read.get());
            pieces = read.orElse(pieces);
        }
        if (!possible) return IMPOSSIBLE;
        boolean speaks = plain ? body.length > 0 : speaks(pieces);
        if (!speaks && silentTokens + frame.tokens().length > silentAtMost) {
            takeBackSilence(from);
            return SILENT;
        }
        count(frame, from, speaks);
        if (plain) {
            if (body.length > 0) answer.text(index, body);
        } else {
            relay(pieces, frame.tokens().length);
        }
        return Optional.empty();
    }

    /** Tokens that an engine writes itself, to end a thinking, have none; they are no text of the answer. */
    private boolean lacksLogprobs(TokenFrame frame, byte[] text) {
        return logprobsAsked && frame.tokens().length > 0 && !isBlank(text);
    }

    private boolean lacksLogprobs(TokenFrame frame, List<AnswerPiece> pieces) {
        if (!logprobsAsked || frame.tokens().length == 0) return false;
        boolean text = false;
        for (AnswerPiece piece : pieces) {
            if (piece instanceof AnswerPiece.Logprobs) return false;
            text |= piece instanceof AnswerPiece.Text(byte[] utf8) && !isBlank(utf8);
        }
        return text;
    }

    private static boolean isBlank(byte[] utf8) {
        for (byte each : utf8) if (each < 0 || each > ' ') return false;
        return true;
    }

    private static boolean speaks(List<AnswerPiece> pieces) {
        for (AnswerPiece piece : pieces) if (!(piece instanceof AnswerPiece.Logprobs)) return true;
        return false;
    }

    private void count(TokenFrame frame, Segment from, boolean speaks) {
        if (from.tokens() == 0) begins(from);
        delivered.add(frame.tokens());
        bytes += frame.chunk().bytes().length;
        from.delivered(frame, assignments.nanoTime());
        silentTokens = speaks ? 0 : silentTokens + frame.tokens().length;
        if (speaks) from.spoke();
    }

    private void begins(Segment from) {
        job.counts(from);
        if (audits.samples(from.served())) from.keep(new KeptPart(job.request(), delivered));
    }

    private void takeBackSilence(Segment from) {
        int silent = from.takeBackSilence();
        delivered.truncate(delivered.count() - silent);
        silentTokens -= silent;
        if (from.tokens() == 0) job.countsNot(from);
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
