package com.peerllm.host.engine.format;

import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one answer: takes each token's bytes and tells what part of thinking, text and calls they are, what the next token must
 * follow, and whether the answer is over.
 *
 * <p>Its state depends on the bytes and the plan only. Whatever could still become a mark or a stop string is held back.
 */
public final class AnswerReader {
    private static final byte[] NOTHING = {};

    private enum State {
        /** Nothing but blanks was said: thinking or a bare call may begin. */
        BEGIN,
        THINKING,
        TEXT,
        CALL,
        OVER
    }

    private final AnswerPlan plan;
    private final boolean plain;
    private final ContentText content;
    private final ContentText reasoning = new ContentText(List.of(), true);
    private final CallReader calls;
    private State state;
    private boolean mayThink;
    private Bounds bounds;
    private byte[] pending = NOTHING;
    private int thoughtTokens;

    public AnswerReader(AnswerPlan plan) {
        this.plan = plan;
        plain = plan.thinking().isEmpty() && plan.calls().isEmpty();
        content = new ContentText(plan.stops(), plan.calls().isPresent());
        calls = new CallReader(plan.calls());
        reasoning.restBeforeOther();
        mayThink = plan.start() == ThinkingFormat.Start.UNDECIDED
                && plan.thinking().isPresent();
        state = plan.start() == ThinkingFormat.Start.THINKING ? State.THINKING : beginning();
        bounds = switch (plan.start()) {
            case THINKING -> Bounds.FREE;
            case UNDECIDED -> plan.grammar().fromStart();
            case ANSWERING ->
                plan.thinking().isPresent()
                        ? plan.grammar().fromAnswer()
                        : plan.grammar().fromStart();
        };
    }

    /** What one more token adds. */
    public AnswerChunk pass(byte[] token) {
        if (plain) return AnswerChunk.plain(text(token));
        Parts parts = new Parts();
        if (state == State.THINKING) thoughtTokens++;
        pending = StopStrings.concat(pending, token);
        while (step(parts)) {}
        if (state == State.CALL && calls.begunHere() && !boundsCoverCalls())
            bounds = plan.grammar().rest(calls.matcher());
        calls.endOfToken();
        return parts.chunk();
    }

    /** What is left when the answer ends otherwise than by {@link #over}; half a call is not. */
    public AnswerChunk end() {
        Parts parts = new Parts();
        if (state == State.THINKING) {
            parts.add(Channel.REASONING, reasoning.pass(pending));
            parts.add(Channel.REASONING, reasoning.restBeforeOther());
        } else if (state == State.BEGIN || state == State.TEXT) {
            parts.add(Channel.CONTENT, text(pending));
        }
        if (state != State.OVER) parts.add(Channel.CONTENT, content.rest());
        state = State.OVER;
        return parts.chunk();
    }

    /** Whether the answer is over, whatever the model would say next. */
    public boolean over() {
        return state == State.OVER;
    }

    /** Whether a tool was called. */
    public boolean calledTools() {
        return calls.count() > 0;
    }

    public boolean thinking() {
        return state == State.THINKING;
    }

    /** Tokens that were said while it was thinking. */
    public int thoughtTokens() {
        return thoughtTokens;
    }

    /** What the next token must follow; the same object as long as nothing changes. */
    public Bounds bounds() {
        return bounds;
    }

    /** Goes as far as one state reaches; true when another one may go on. */
    private boolean step(Parts parts) {
        return switch (state) {
            case BEGIN -> begin();
            case THINKING -> think(parts);
            case TEXT -> say(parts);
            case CALL -> call(parts);
            case OVER -> false;
        };
    }

    private State beginning() {
        return mayThink || calls.mayBeginBare() ? State.BEGIN : State.TEXT;
    }

    private boolean begin() {
        int first = 0;
        while (first < pending.length && CallMatcher.isBlank(pending[first])) first++;
        if (first == pending.length) return false;
        if (mayThink) {
            ThinkingFormat thinking = plan.thinking().orElseThrow();
            byte[] open = utf8(thinking.open());
            byte[] direct = utf8(thinking.direct().orElse(""));
            if (begins(open, first) || direct.length > 0 && begins(direct, first)) return false;
            mayThink = false;
            if (Words.startsWith(pending, first, open)) {
                bounds = Bounds.FREE;
                return goOn(State.THINKING, first + open.length);
            }
            if (direct.length > 0 && Words.startsWith(pending, first, direct))
                return goOn(beginning(), first + direct.length);
        }
        return switch (calls.beginsBare(pending, first)) {
            case NO -> goOn(State.TEXT, 0);
            case UNDECIDED -> false;
            case YES -> {
                calls.begin(NOTHING, 0);
                yield goOn(State.CALL, first);
            }
        };
    }

    /** Whether what was said is the beginning of the word, and not all of it. */
    private boolean begins(byte[] word, int from) {
        byte[] said = Arrays.copyOfRange(pending, from, pending.length);
        return said.length < word.length && Words.startsWith(word, 0, said);
    }

    private boolean think(Parts parts) {
        byte[] close = utf8(plan.thinking().orElseThrow().close());
        int at = Words.find(pending, close);
        if (at < 0) {
            int shown = pending.length - Words.longestStart(pending, close);
            parts.add(Channel.REASONING, reasoning.pass(Arrays.copyOf(pending, shown)));
            goOn(State.THINKING, shown);
            return false;
        }
        parts.add(Channel.REASONING, reasoning.pass(Arrays.copyOf(pending, at)));
        parts.add(Channel.REASONING, reasoning.restBeforeOther());
        content.restBeforeOther();
        bounds = plan.grammar().fromAnswer();
        // A bound answer begins at a token: what this one says behind the mark is no part of it.
        boolean bound = bounds instanceof Bounds.Grammar;
        return goOn(beginning(), bound ? pending.length : at + close.length);
    }

    private boolean say(Parts parts) {
        if (!calls.possible()) {
            parts.add(Channel.CONTENT, text(pending));
            pending = NOTHING;
            return false;
        }
        byte[] trigger = utf8(calls.trigger());
        int at = Words.find(pending, trigger);
        int shown = at >= 0 ? at : pending.length - Words.longestStart(pending, trigger);
        parts.add(Channel.CONTENT, text(Arrays.copyOf(pending, shown)));
        if (state == State.OVER) return false;
        if (at < 0) {
            goOn(State.TEXT, shown);
            return false;
        }
        parts.add(Channel.CONTENT, content.restBeforeOther());
        calls.begin(trigger, parts.size());
        return goOn(State.CALL, at + trigger.length);
    }

    private boolean call(Parts parts) {
        int read = calls.read(pending, parts, boundsCoverCalls());
        if (calls.broken()) {
            byte[] text = StopStrings.concat(calls.takeBack(parts), Arrays.copyOfRange(pending, read, pending.length));
            pending = text;
            state = State.TEXT;
            return true;
        }
        if (!calls.matcher().done()) {
            goOn(State.CALL, read);
            return false;
        }
        if (plan.calls().orElseThrow().endsAfter(calls.count())) return goOn(State.OVER, read);
        bounds = plan.grammar().more();
        return goOn(State.TEXT, read);
    }

    /** A grammar that runs holds the calls too, except where one may be meant as text of the asked form. */
    private boolean boundsCoverCalls() {
        return bounds instanceof Bounds.Grammar
                && !(calls.mayBeginBare() && plan.grammar().hasForm());
    }

    private boolean goOn(State next, int from) {
        state = next;
        pending = Arrays.copyOfRange(pending, from, pending.length);
        return true;
    }

    private byte[] text(byte[] bytes) {
        byte[] text = content.pass(bytes);
        if (content.stopped()) state = State.OVER;
        return text;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
