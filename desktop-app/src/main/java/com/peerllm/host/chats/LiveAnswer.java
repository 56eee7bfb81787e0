package com.peerllm.host.chats;

import com.peerllm.host.answering.Assistant;
import com.peerllm.host.answering.Assistant.Answering;
import com.peerllm.host.answering.Assistant.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * An answer on its way: what it said so far, to be read as often as somebody likes. On any thread.
 *
 * <p>It tells nobody of single pieces, because thousands may come in a second.
 */
public final class LiveAnswer implements Assistant.Listener {
    private final Story story;
    private final Instant begunAt;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private Optional<Answering> answering = Optional.empty();
    private boolean stopWished;
    private boolean full;
    private boolean ended;

    /** Who follows the answer. */
    interface Story {
        /** There is something that is not written down; called for every piece, so it must be quick. */
        void grew();

        /** Called once, after the last piece. */
        void ended(Ending ending);
    }

    /** How it ended. */
    sealed interface Ending {
        record Done(Outcome outcome, boolean full) implements Ending {}

        record Failed(String sentence) implements Ending {}
    }

    LiveAnswer(Story story, Instant begunAt) {
        this.story = story;
        this.begunAt = begunAt;
    }

    public Instant begunAt() {
        return begunAt;
    }

    public synchronized String text() {
        return text.toString();
    }

    public synchronized String thinking() {
        return thinking.toString();
    }

    /** Characters so far, thinking included; tells whether reading it again gives anything new. */
    public synchronized int length() {
        return text.length() + thinking.length();
    }

    /** What was said from these places on. */
    synchronized String[] since(int textFrom, int thinkingFrom) {
        return new String[] {text.substring(textFrom), thinking.substring(thinkingFrom)};
    }

    @Override
    public void text(String more) {
        add(text, more);
    }

    @Override
    public void reasoning(String more) {
        add(thinking, more);
    }

    private void add(StringBuilder to, String more) {
        boolean justFull;
        synchronized (this) {
            if (ended || full) return;
            int room = ChatLimits.CHARACTERS - to.length();
            to.append(more, 0, Math.min(room, more.length()));
            full = justFull = more.length() > room;
        }
        story.grew();
        if (justFull) stop();
    }

    @Override
    public void done(Outcome outcome) {
        boolean cut;
        synchronized (this) {
            cut = full;
        }
        end(new Ending.Done(outcome, cut));
    }

    @Override
    public void failed(String sentence) {
        end(new Ending.Failed(sentence));
    }

    private void end(Ending ending) {
        synchronized (this) {
            if (ended) return;
            ended = true;
        }
        story.ended(ending);
    }

    void answeredBy(Answering one) {
        boolean late;
        synchronized (this) {
            answering = Optional.of(one);
            late = stopWished;
        }
        if (late) one.cancel();
    }

    /** Ends it soon, keeping what it said. */
    void stop() {
        Optional<Answering> now;
        synchronized (this) {
            stopWished = true;
            now = answering;
        }
        now.ifPresent(Answering::cancel);
    }
}
