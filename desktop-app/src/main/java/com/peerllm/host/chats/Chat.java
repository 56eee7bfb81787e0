package com.peerllm.host.chats;

import com.peerllm.host.answering.Assistant;
import com.peerllm.host.answering.Assistant.Message;
import com.peerllm.host.answering.Assistant.Question;
import com.peerllm.host.chats.Turn.Speaker;
import com.peerllm.host.chats.Turn.State;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open chat: asks the assistant and keeps what was said. On any thread; nothing here waits. */
public final class Chat {
    private static final Logger log = LoggerFactory.getLogger(Chat.class);

    private final ChatBook book;
    private final long id;
    private final Signal<ChatState> state;
    private Optional<AnswerPieces> pieces = Optional.empty();

    /** What became of a wish to ask. */
    public enum Asked {
        BEGUN,
        /** An answer is on its way; it has to end first. */
        ANSWERING,
        /** More than {@link ChatLimits#CHARACTERS}. */
        TOO_LONG,
        /** There is no room for a question and an answer, see {@link ChatLimits#MESSAGES}. */
        FULL
    }

    private record Begun(LiveAnswer live, Question question) {}

    Chat(ChatBook book, long id, List<Turn> turns) {
        this.book = book;
        this.id = id;
        state = new Signal<>(new ChatState(turns, Optional.empty()));
    }

    public long id() {
        return id;
    }

    /** Changes when a turn comes, goes or ends, not with every piece of an answer. */
    public Signal<ChatState> state() {
        return state;
    }

    /** Says this and asks for an answer; returns at once. */
    public Asked ask(String model, String text) {
        Begun begun;
        synchronized (this) {
            ChatState now = state.get();
            if (now.live().isPresent()) return Asked.ANSWERING;
            if (text.length() > ChatLimits.CHARACTERS) return Asked.TOO_LONG;
            if (now.turns().size() + 2 > ChatLimits.MESSAGES) return Asked.FULL;
            List<Turn> turns = new ArrayList<>(now.turns());
            Turn said = Turn.ofPerson(nextPlace(turns), model, text, book.now());
            turns.add(said);
            book.said(this, model, text);
            book.writeIfKept(id, table -> table.put(TurnRows.row(id, said)));
            begun = begin(model, turns);
        }
        answer(begun);
        return Asked.BEGUN;
    }

    /** Asks the last question again; the answer that there was is gone. */
    public Asked askAgain(String model) {
        Begun begun;
        synchronized (this) {
            ChatState now = state.get();
            if (now.live().isPresent() || now.turns().isEmpty()) return Asked.ANSWERING;
            List<Turn> turns = new ArrayList<>(now.turns());
            if (turns.getLast().speaker() == Speaker.MODEL) drop(turns);
            book.said(this, model, "");
            begun = begin(model, turns);
        }
        answer(begun);
        return Asked.BEGUN;
    }

    /** Takes the last question and its answer out of the chat, to be said in another way. */
    public synchronized Optional<String> takeBack() {
        ChatState now = state.get();
        if (now.live().isPresent() || now.turns().isEmpty()) return Optional.empty();
        List<Turn> turns = new ArrayList<>(now.turns());
        if (turns.getLast().speaker() == Speaker.MODEL) drop(turns);
        Optional<String> text =
                turns.isEmpty() ? Optional.empty() : Optional.of(turns.getLast().text());
        if (text.isPresent()) drop(turns);
        state.set(new ChatState(turns, Optional.empty()));
        return text;
    }

    /** Ends the answer that is on its way; what it said stays. */
    public void stop() {
        state.get().live().ifPresent(LiveAnswer::stop);
    }

    /** Before the program ends. */
    void writeNow() {
        Optional<AnswerPieces> now;
        synchronized (this) {
            now = pieces;
        }
        now.ifPresent(AnswerPieces::writeNow);
    }

    private void drop(List<Turn> turns) {
        int place = turns.removeLast().place();
        book.pen().write(table -> table.deleteFrom(id, place));
    }

    private Begun begin(String model, List<Turn> turns) {
        Instant now = book.now();
        Turn begun = Turn.begun(nextPlace(turns), model, now);
        Question question = question(model, turns);
        LiveAnswer live = new LiveAnswer(new Follower(), now);
        pieces = Optional.of(new AnswerPieces(book, id, begun.place(), live));
        turns.add(begun);
        book.writeIfKept(id, table -> table.put(TurnRows.row(id, begun)));
        state.set(new ChatState(turns, Optional.of(live)));
        return new Begun(live, question);
    }

    /** Outside of every lock: who answers may have locks of its own, and call back while it holds them. */
    private void answer(Begun begun) {
        try {
            begun.live().answeredBy(book.assistant().ask(begun.question(), begun.live()));
        } catch (HostException e) {
            begun.live().failed(e.sentence());
        } catch (RuntimeException e) {
            // Its kind alone: a message could hold a prompt.
            log.error("An answer could not be begun: {}", e.getClass().getName());
            begun.live().failed("The answer could not be begun. Try again; the log of this program says more.");
        }
    }

    /** Everything said so far, without answers that never came. */
    private Question question(String model, List<Turn> turns) {
        List<Message> messages = new ArrayList<>();
        String instructions = book.entry(id).map(ChatEntry::instructions).orElse("");
        if (!instructions.isBlank()) messages.add(new Message("system", instructions));
        for (Turn turn : turns) {
            if (turn.text().isBlank()) continue;
            String role = turn.speaker() == Speaker.PERSON ? "user" : "assistant";
            // Models expect question and answer in turn: what was said twice in a row is one message.
            if (!messages.isEmpty() && messages.getLast().role().equals(role)) {
                String before = messages.removeLast().content();
                messages.add(new Message(role, before + "\n\n" + turn.text()));
            } else {
                messages.add(new Message(role, turn.text()));
            }
        }
        return new Question(model, messages);
    }

    private static int nextPlace(List<Turn> turns) {
        return turns.isEmpty() ? 0 : turns.getLast().place() + 1;
    }

    /** Hears how the live answer goes. */
    private final class Follower implements LiveAnswer.Story {
        @Override
        public void grew() {
            Optional<AnswerPieces> now;
            synchronized (Chat.this) {
                now = pieces;
            }
            now.ifPresent(AnswerPieces::grew);
        }

        @Override
        public void ended(LiveAnswer.Ending ending) {
            synchronized (Chat.this) {
                ChatState now = state.get();
                if (now.live().isEmpty()) return;
                List<Turn> turns = new ArrayList<>(now.turns());
                Turn whole = ended(turns.removeLast(), now.live().get(), ending);
                turns.add(whole);
                pieces.ifPresent(AnswerPieces::end);
                pieces = Optional.empty();
                book.writeIfKept(id, table -> table.put(TurnRows.row(id, whole)));
                state.set(new ChatState(turns, Optional.empty()));
            }
            book.answered(id);
        }

        private Turn ended(Turn begun, LiveAnswer live, LiveAnswer.Ending ending) {
            State end = State.FAILED;
            Optional<String> trouble = Optional.empty();
            Optional<Turn.Figures> figures = Optional.empty();
            switch (ending) {
                case LiveAnswer.Ending.Failed(String sentence) -> trouble = Optional.of(sentence);
                case LiveAnswer.Ending.Done(Assistant.Outcome outcome, boolean full) -> {
                    end = full ? State.CUT_OFF : stateOf(outcome.reason());
                    Duration took = Duration.between(live.begunAt(), book.now());
                    figures = Optional.of(new Turn.Figures(
                            outcome.promptTokens(),
                            outcome.completionTokens(),
                            took.isNegative() ? Duration.ZERO : took,
                            outcome.cost()));
                }
            }
            return new Turn(
                    begun.place(),
                    begun.speaker(),
                    end,
                    begun.model(),
                    live.text(),
                    live.thinking(),
                    trouble,
                    figures,
                    begun.at());
        }

        private static State stateOf(String reason) {
            return switch (reason) {
                case "length" -> State.CUT_OFF;
                case "cancelled" -> State.STOPPED;
                default -> State.WHOLE;
            };
        }
    }
}
