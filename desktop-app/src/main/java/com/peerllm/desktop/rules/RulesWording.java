package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Times;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.Availability.Available;
import com.peerllm.host.availability.Availability.Paused;
import com.peerllm.host.availability.PauseReason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in the person's language what the rules mean at this moment. */
final class RulesWording {
    private final Messages messages;

    RulesWording(Messages messages) {
        this.messages = messages;
    }

    /** @param sharing whether the person wants to share */
    RulesStatus of(Availability now, Optional<Instant> nextChange, boolean sharing, Instant at, ZoneId zone) {
        return switch (now) {
            case Available(Optional<Instant> overridden) ->
                overridden
                        .map(end -> overridden(time(end, at, zone)))
                        .orElseGet(() -> allowed(nextChange.map(end -> time(end, at, zone)), sharing));
            case Paused(List<PauseReason> reasons) -> paused(reasons, sharing, at, zone);
        };
    }

    private RulesStatus overridden(String until) {
        return new RulesStatus(
                RulesStatus.Kind.MAY_SHARE,
                messages.text("rules.now.overridden", until),
                Optional.of(messages.text("rules.now.overridden.detail")),
                true);
    }

    private RulesStatus allowed(Optional<String> until, boolean sharing) {
        String sentence = sharing ? messages.text("rules.now.shares") : messages.text("rules.now.wouldShare");
        String detail = until.map(time -> messages.text("rules.now.until", time))
                .orElseGet(() -> messages.text("rules.now.noEnd"));
        return new RulesStatus(RulesStatus.Kind.MAY_SHARE, sentence, Optional.of(detail), false);
    }

    private RulesStatus paused(List<PauseReason> reasons, boolean sharing, Instant at, ZoneId zone) {
        String first = reason(reasons.getFirst(), at, zone);
        String sentence =
                sharing ? messages.text("rules.now.paused", first) : messages.text("rules.now.wouldPause", first);
        String others = reasons.stream()
                .skip(1)
                .map(reason -> reason(reason, at, zone))
                .collect(Collectors.joining(messages.text("rules.now.and")));
        return new RulesStatus(
                RulesStatus.Kind.PAUSED,
                sentence,
                others.isEmpty() ? Optional.empty() : Optional.of(messages.text("rules.now.also", others)),
                reasons.stream().anyMatch(PauseReason.ByHand.class::isInstance));
    }

    private String reason(PauseReason reason, Instant at, ZoneId zone) {
        return switch (reason) {
            case PauseReason.ByHand(Optional<Instant> until) ->
                until.map(end -> messages.text("rules.reason.byHand.until", time(end, at, zone)))
                        .orElseGet(() -> messages.text("rules.reason.byHand"));
            case PauseReason.InUse(Duration quiet) -> messages.text("rules.reason.inUse", quiet.toMinutes());
            case PauseReason.OnBattery() -> messages.text("rules.reason.onBattery");
            case PauseReason.TooHot(int celsius, int most) -> messages.text("rules.reason.tooHot", celsius, most);
            case PauseReason.OutsideHours(Optional<Instant> next) ->
                next.map(begin -> messages.text("rules.reason.outsideHours", time(begin, at, zone)))
                        .orElseGet(() -> messages.text("rules.reason.noHours"));
        };
    }

    private String time(Instant then, Instant now, ZoneId zone) {
        return new Times(messages.locale(), zone).near(then, now);
    }
}
