package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.catalog.FitAdvice;
import com.peerllm.host.catalog.FitReason;

/** Puts advice about a model into words. */
final class FitWording {
    private final Messages messages;
    private final Numbers numbers;

    FitWording(Messages messages) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
    }

    FitFace of(FitAdvice advice) {
        FitFace.Kind kind = kind(advice.badge());
        return new FitFace(kind, word(kind), why(advice.reason()));
    }

    private String why(FitReason reason) {
        return switch (reason) {
            case FitReason.TooBig(long needed, long usable, boolean _) ->
                messages.text("models.why.tooBig", numbers.size(needed), numbers.size(usable));
            case FitReason.CannotTell(String why) -> messages.text("models.why.cannotTell", why);
            case FitReason.SizeUnread() -> messages.text("models.why.sizeUnread");
            case FitReason.MayJustFit(long least, long most) ->
                messages.text("models.why.mayJustFit", numbers.size(least), numbers.size(most));
            case FitReason.Vectors(long bytes, boolean atMost) ->
                messages.text("models.why.vectors", takes(bytes, atMost));
            case FitReason.Runs runs -> runs(runs);
            case FitReason.Unreadable() -> messages.text("models.why.unreadable");
            case FitReason.NoEngine() -> messages.text("models.why.noEngine");
        };
    }

    private String takes(long bytes, boolean atMost) {
        String memory = numbers.size(bytes);
        return atMost ? messages.text("models.why.takesUpTo", memory) : messages.text("models.why.takes", memory);
    }

    private String runs(FitReason.Runs runs) {
        return messages.text("models.why.runs", takes(runs.memoryBytes(), runs.atMost()), runs.answers(), pace(runs));
    }

    private String pace(FitReason.Runs runs) {
        double speed = runs.tokensPerSecond().orElse(0);
        String rate = numbers.rate(speed);
        return switch (runs.pace()) {
            case MEASURED -> slower(speed, messages.text("models.why.measured", rate));
            case ESTIMATED -> slower(speed, messages.text("models.why.estimated", rate));
            case SURELY_QUICK -> messages.text("models.why.surelyQuick");
            case NOT_KNOWN -> messages.text("models.why.speedUnknown");
        };
    }

    private String slower(double speed, String words) {
        return Advisor.isQuick(speed) ? words : messages.text("models.why.slower", words);
    }

    static FitFace.Kind kind(FitAdvice.Badge badge) {
        return switch (badge) {
            case GREAT -> FitFace.Kind.GREAT;
            case SLOW -> FitFace.Kind.SLOW;
            case TOO_BIG -> FitFace.Kind.TOO_BIG;
            case UNKNOWN -> FitFace.Kind.UNKNOWN;
        };
    }

    private String word(FitFace.Kind kind) {
        return switch (kind) {
            case GREAT -> messages.text("models.fit.great");
            case SLOW -> messages.text("models.fit.slow");
            case TOO_BIG -> messages.text("models.fit.tooBig");
            case UNKNOWN -> messages.text("models.fit.unknown");
        };
    }

    /** What speed to expect of one answer, and whether that was measured. */
    String speed(FitAdvice advice) {
        if (advice.tokensPerSecond().isEmpty()) return messages.text("models.speed.none");
        String figure = numbers.rate(advice.tokensPerSecond().getAsDouble());
        return advice.measured()
                ? messages.text("models.speed.measured", figure)
                : messages.text("models.speed.estimated", figure);
    }
}
