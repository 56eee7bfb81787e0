package com.peerllm.host.chats;

import com.peerllm.host.storage.ChatMessageRow;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Turns of a chat as storage has them, and back. */
final class TurnRows {
    private TurnRows() {}

    static ChatMessageRow row(long chat, Turn turn) {
        Optional<Turn.Figures> figures = turn.figures();
        return new ChatMessageRow(
                chat,
                turn.place(),
                turn.speaker().name().toLowerCase(Locale.ROOT),
                turn.state().name().toLowerCase(Locale.ROOT),
                turn.model(),
                turn.text(),
                turn.thinking(),
                turn.trouble(),
                figures.map(f -> OptionalInt.of(f.promptTokens())).orElse(OptionalInt.empty()),
                figures.map(f -> OptionalInt.of(f.completionTokens())).orElse(OptionalInt.empty()),
                figures.flatMap(Turn.Figures::cost)
                        .map(c -> OptionalLong.of(c.nanoDollars()))
                        .orElse(OptionalLong.empty()),
                figures.map(f -> OptionalLong.of(f.took().toMillis())).orElse(OptionalLong.empty()),
                turn.at().toEpochMilli());
    }

    /** What was on its way when the program ended is not any more. */
    static Turn turn(ChatMessageRow row) {
        Turn.State state = Turn.State.valueOf(row.state().toUpperCase(Locale.ROOT));
        return new Turn(
                row.place(),
                Turn.Speaker.valueOf(row.speaker().toUpperCase(Locale.ROOT)),
                state == Turn.State.WRITING ? Turn.State.INTERRUPTED : state,
                row.model(),
                row.text(),
                row.thinking(),
                row.trouble(),
                figures(row),
                Instant.ofEpochMilli(row.atMillis()));
    }

    private static Optional<Turn.Figures> figures(ChatMessageRow row) {
        if (row.completionTokens().isEmpty()) return Optional.empty();
        Optional<Credits> cost =
                row.cost().isPresent() ? Optional.of(new Credits(row.cost().getAsLong())) : Optional.empty();
        return Optional.of(new Turn.Figures(
                row.promptTokens().orElse(0),
                row.completionTokens().getAsInt(),
                Duration.ofMillis(row.tookMillis().orElse(0)),
                cost));
    }
}
