package com.peerllm.host.chats;

import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One message of a chat.
 *
 * @param place in its chat; later ones have greater places
 * @param model that answers, or was asked: an id of the assistant
 * @param thinking what the model thought before it answered
 * @param trouble why it failed and what to do; only of a turn that did
 * @param figures empty until the answer is there, or when it failed
 */
public record Turn(
        int place,
        Speaker speaker,
        State state,
        String model,
        String text,
        String thinking,
        Optional<String> trouble,
        Optional<Figures> figures,
        Instant at) {

    /** Who says it. */
    public enum Speaker {
        PERSON,
        MODEL
    }

    /** How it came to its end. */
    public enum State {
        /** On its way; see {@link LiveAnswer} for its text. */
        WRITING,
        WHOLE,
        /** Ended by the person. */
        STOPPED,
        /** Ended by the limit of the model, of the network or of a message. */
        CUT_OFF,
        /** The program ended before the answer did. */
        INTERRUPTED,
        FAILED
    }

    /** @param cost what the network charged; empty for a local answer */
    public record Figures(int promptTokens, int completionTokens, Duration took, Optional<Credits> cost) {}

    static Turn ofPerson(int place, String model, String text, Instant at) {
        return new Turn(place, Speaker.PERSON, State.WHOLE, model, text, "", Optional.empty(), Optional.empty(), at);
    }

    static Turn begun(int place, String model, Instant at) {
        return new Turn(place, Speaker.MODEL, State.WRITING, model, "", "", Optional.empty(), Optional.empty(), at);
    }

    /** With what the answer on its way has said so far. */
    Turn saying(String live, String liveThinking) {
        return new Turn(place, speaker, state, model, live, liveThinking, trouble, figures, at);
    }

    /** Without what was said, for a log may print it. */
    @Override
    public String toString() {
        return "Turn[" + place + ", " + speaker + ", " + state + ", " + text.length() + " characters]";
    }
}
