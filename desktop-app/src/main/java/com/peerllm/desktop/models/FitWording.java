package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.host.catalog.FitAdvice;

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
        return new FitFace(kind, word(kind), advice.why());
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
