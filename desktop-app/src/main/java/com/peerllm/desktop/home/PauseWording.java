package com.peerllm.desktop.home;

import com.peerllm.desktop.home.HomeStatus.Action;
import com.peerllm.desktop.home.HomeStatus.Kind;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Times;
import com.peerllm.host.availability.PauseReason;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Says why nothing is shared although the person wants to share, and when it goes on. */
final class PauseWording {
    private final Messages messages;
    private final Times times;

    PauseWording(Messages messages, Times times) {
        this.messages = messages;
        this.times = times;
    }

    /** @param reasons at least one, the most important first */
    HomeStatus of(List<PauseReason> reasons, Instant now) {
        PauseReason first = reasons.getFirst();
        String reason = goesOn(first, now);
        if (reasons.size() > 1) {
            String others = reasons.stream().skip(1).map(this::inShort).collect(Collectors.joining(", "));
            reason += " " + messages.text("home.paused.also", others);
        }
        Action action = first instanceof PauseReason.ByHand ? Action.RESUME : Action.STOP;
        return new HomeStatus(Kind.PAUSED, action, sentence(first, now), reason);
    }

    private String sentence(PauseReason reason, Instant now) {
        return switch (reason) {
            case PauseReason.ByHand byHand ->
                byHand.until()
                        .map(end -> messages.text("home.paused.byHand.until", times.near(end, now)))
                        .orElseGet(() -> messages.text("home.paused.byHand"));
            case PauseReason.InUse _ -> messages.text("home.paused.inUse");
            case PauseReason.OnBattery _ -> messages.text("home.paused.battery");
            case PauseReason.TooHot _ -> messages.text("home.paused.hot");
            case PauseReason.OutsideHours outside ->
                outside.next()
                        .map(next -> messages.text("home.paused.hours", times.near(next, now)))
                        .orElseGet(() -> messages.text("home.paused.noHours"));
        };
    }

    private String inShort(PauseReason reason) {
        return switch (reason) {
            case PauseReason.ByHand _ -> messages.text("home.paused.byHand.short");
            case PauseReason.InUse _ -> messages.text("home.paused.inUse.short");
            case PauseReason.OnBattery _ -> messages.text("home.paused.battery.short");
            case PauseReason.TooHot _ -> messages.text("home.paused.hot.short");
            case PauseReason.OutsideHours _ -> messages.text("home.paused.hours.short");
        };
    }

    private String goesOn(PauseReason reason, Instant now) {
        return switch (reason) {
            case PauseReason.ByHand byHand ->
                byHand.until().isPresent()
                        ? messages.text("home.paused.byHand.until.next")
                        : messages.text("home.paused.byHand.next");
            case PauseReason.InUse(var quiet) -> messages.text("home.paused.inUse.next", quiet.toMinutes());
            case PauseReason.OnBattery _ -> messages.text("home.paused.battery.next");
            case PauseReason.TooHot(int celsius, int most) -> messages.text("home.paused.hot.next", celsius, most);
            case PauseReason.OutsideHours outside ->
                outside.next().isPresent()
                        ? messages.text("home.paused.hours.next")
                        : messages.text("home.paused.noHours.next");
        };
    }
}
