package com.peerllm.desktop.home;

import com.peerllm.desktop.home.HomeFigures.Money;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.host.Work;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Puts the host's figures into words; what is not known is left out and never becomes a zero. */
final class FiguresWording {
    private static final long SECONDS_OF_MINUTES = 120;

    private final Messages messages;
    private final Numbers numbers;

    FiguresWording(Messages messages) {
        this.messages = messages;
        this.numbers = new Numbers(messages.locale());
    }

    /** What the figures are made from, at one moment. */
    record Facts(
            List<String> offered,
            SessionState session,
            EngineState engine,
            Earnings earnings,
            Work work,
            OptionalDouble tokenRate,
            Optional<HomeSource.Standing> standing,
            Instant now) {}

    HomeFigures of(Facts facts) {
        Optional<ModelFacts> model =
                facts.engine() instanceof EngineState.Ready ready ? Optional.of(ready.model()) : Optional.empty();
        int running = facts.work().answersRunning();
        return new HomeFigures(
                confirmed(facts),
                model(facts.offered()),
                detail(facts.engine()),
                model.map(m -> messages.text("home.model.slots", running, m.slots())),
                model.map(m -> Math.min(1.0, (double) running / m.slots())).orElse(0.0),
                numbers.count(facts.work().promptTokens()),
                numbers.count(facts.work().completionTokens()),
                rate(facts),
                facts.tokenRate().isPresent(),
                money(facts),
                earningsNote(facts.earnings().total().answers()),
                facts.standing()
                        .map(standing -> new HomeFigures.Reputation(
                                numbers.score(standing.value()),
                                standing.moved().orElseGet(() -> messages.text("home.reputation.scale")))),
                disputed(facts.earnings().disputed().answers()));
    }

    private String model(List<String> offered) {
        return offered.size() == 1
                ? offered.getFirst()
                : messages.text("home.model.more", offered.getFirst(), offered.size() - 1);
    }

    private Optional<String> confirmed(Facts facts) {
        if (!(facts.session() instanceof SessionState.Connected connected)) return Optional.empty();
        long seconds = Math.max(
                0, Duration.between(connected.lastConfirmed(), facts.now()).toSeconds());
        return Optional.of(
                seconds < SECONDS_OF_MINUTES
                        ? messages.text("home.status.confirmed.seconds", seconds)
                        : messages.text("home.status.confirmed.minutes", seconds / 60));
    }

    private String detail(EngineState engine) {
        return switch (engine) {
            case EngineState.Ready(ModelFacts model) -> messages.text("home.model.detail", model.contextPerSlot());
            case EngineState.Starting _, EngineState.Restarting _ -> messages.text("home.model.loading");
            case EngineState.Stopped _, EngineState.Failed _ -> messages.text("home.model.notLoaded");
        };
    }

    private String rate(Facts facts) {
        if (facts.tokenRate().isPresent()) return numbers.rate(facts.tokenRate().getAsDouble());
        return facts.work().answersRunning() > 0
                ? messages.text("home.tokens.measuring")
                : messages.text("home.tokens.idle");
    }

    private Optional<Money> money(Facts facts) {
        Earnings earnings = facts.earnings();
        if (earnings.total().answers() == 0) return Optional.empty();
        LocalDate today = LocalDate.ofInstant(facts.now(), ZoneOffset.UTC);
        Optional<Earnings.Sum> ofToday = Optional.ofNullable(earnings.byDay().get(today));
        return Optional.of(new Money(
                ofToday.map(sum -> numbers.money(sum.earned())),
                numbers.money(earnings.total().earned())));
    }

    private String earningsNote(long receipts) {
        return receipts > 0
                ? messages.text("home.earnings.receipts", receipts)
                : messages.text("home.earnings.none.reason");
    }

    private Optional<String> disputed(long receipts) {
        return receipts == 0 ? Optional.empty() : Optional.of(messages.text("home.earnings.disputed", receipts));
    }
}
