package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.host.chats.LiveAnswer;
import com.peerllm.host.chats.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts turns of a chat into words. */
final class TurnWording {
    private static final String LOCAL = "local/";
    private static final String NETWORK = "network/";
    /** Before it, nobody asks what takes so long. */
    private static final long PATIENCE_SECONDS = 3;

    private final Messages messages;
    private final Numbers numbers;

    TurnWording(Messages messages) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
    }

    TurnText of(long chat, Turn turn, boolean last) {
        return new TurnText(
                chat,
                turn.place(),
                turn.speaker() == Turn.Speaker.PERSON,
                turn.state() == Turn.State.WRITING,
                turn.text(),
                turn.thinking(),
                name(turn.model()),
                turn.figures().map(figures -> facts(turn, figures)).orElse(""),
                note(turn),
                turn.trouble().orElse(""),
                last);
    }

    /** A model without the place that its id begins with. */
    static String name(String id) {
        if (id.startsWith(LOCAL)) return id.substring(LOCAL.length());
        return id.startsWith(NETWORK) ? id.substring(NETWORK.length()) : id;
    }

    static boolean isLocal(String id) {
        return id.startsWith(LOCAL);
    }

    private String facts(Turn turn, Turn.Figures figures) {
        List<String> facts = new ArrayList<>();
        facts.add(messages.text("chat.facts.tokens", figures.completionTokens()));
        facts.add(
                messages.text("chat.facts.seconds", numbers.rate(figures.took().toMillis() / 1000.0)));
        if (isLocal(turn.model())) facts.add(messages.text("chat.facts.free"));
        else
            facts.add(figures.cost()
                    .map(cost -> messages.text("chat.facts.cost", numbers.money(cost)))
                    .orElseGet(() -> messages.text("chat.facts.costUnknown")));
        return String.join(" · ", facts);
    }

    private String note(Turn turn) {
        return switch (turn.state()) {
            case WRITING, WHOLE -> "";
            case STOPPED -> messages.text("chat.note.stopped");
            case CUT_OFF -> messages.text("chat.note.cutOff");
            case INTERRUPTED -> messages.text("chat.note.interrupted");
            case FAILED -> turn.text().isEmpty() ? "" : messages.text("chat.note.failed");
        };
    }

    /** What happens while nothing is said yet. */
    String status(String model, LiveAnswer live, ChatSource.Preparation preparation, Instant now) {
        long seconds = Math.max(0, Duration.between(live.begunAt(), now).toSeconds());
        if (isLocal(model) && !preparation.loaded()) return loading(model, preparation.lastLoad(), seconds);
        if (seconds < PATIENCE_SECONDS) return messages.text("chat.waiting");
        return messages.text("chat.waiting.seconds", seconds);
    }

    private String loading(String model, Optional<Duration> lastLoad, long seconds) {
        return lastLoad.map(took ->
                        messages.text("chat.loading.known", name(model), Math.max(1, took.toSeconds()), seconds))
                .orElseGet(() -> messages.text("chat.loading", name(model), seconds));
    }
}
