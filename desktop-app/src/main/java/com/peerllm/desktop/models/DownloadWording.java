package com.peerllm.desktop.models;

import com.peerllm.desktop.models.DownloadFace.Actions;
import com.peerllm.desktop.models.DownloadFace.Kind;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.Download.State;
import java.time.Duration;
import java.util.Optional;

/** Puts a download into words. */
final class DownloadWording {
    private static final double MOST_OF_A_PART = 1.0;

    private final Messages messages;
    private final Numbers numbers;

    DownloadWording(Messages messages) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
    }

    /** @param since how long ago it came into this state */
    DownloadFace of(Download download, Duration since) {
        Kind kind = kind(download.state());
        return new DownloadFace(
                download.name(),
                kind,
                state(kind),
                share(download),
                amounts(download),
                pace(download.state(), since),
                sentence(download.state()),
                actions(kind));
    }

    static Kind kind(State state) {
        return switch (state) {
            case State.Waiting _ -> Kind.WAITING;
            case State.Asking _ -> Kind.ASKING;
            case State.Running _ -> Kind.RUNNING;
            case State.Verifying _ -> Kind.VERIFYING;
            case State.PausedByPerson _ -> Kind.PAUSED;
            case State.Retrying _ -> Kind.RETRYING;
            case State.Failed _ -> Kind.FAILED;
            case State.Done _ -> Kind.DONE;
        };
    }

    private String state(Kind kind) {
        return switch (kind) {
            case WAITING -> messages.text("models.download.waiting");
            case ASKING -> messages.text("models.download.asking");
            case RUNNING -> messages.text("models.download.running");
            case VERIFYING -> messages.text("models.download.verifying");
            case PAUSED -> messages.text("models.download.paused");
            case RETRYING -> messages.text("models.download.retrying");
            case FAILED -> messages.text("models.download.failed");
            case DONE -> messages.text("models.download.done");
        };
    }

    /** While a file is checked, how much of it is checked; else how much is there. */
    private static Optional<Double> share(Download download) {
        if (download.state() instanceof State.Done) return Optional.of(MOST_OF_A_PART);
        if (download.sizeBytes().isEmpty() || download.sizeBytes().getAsLong() == 0) return Optional.empty();
        long done = download.state() instanceof State.Verifying(long read) ? read : download.receivedBytes();
        return Optional.of(
                Math.min(MOST_OF_A_PART, (double) done / download.sizeBytes().getAsLong()));
    }

    private String amounts(Download download) {
        if (download.sizeBytes().isEmpty()) {
            return download.receivedBytes() == 0
                    ? messages.text("models.download.sizeUnknown")
                    : messages.text("models.download.soFar", numbers.size(download.receivedBytes()));
        }
        String whole = numbers.size(download.sizeBytes().getAsLong());
        return switch (download.state()) {
            case State.Done _ -> whole;
            case State.Waiting _ when download.receivedBytes() == 0 -> whole;
            case State.Verifying(long read) -> messages.text("models.download.checked", numbers.size(read), whole);
            default -> messages.text("models.download.of", numbers.size(download.receivedBytes()), whole);
        };
    }

    private String pace(State state, Duration since) {
        return switch (state) {
            case State.Running(long speed, Optional<Duration> left) ->
                left.map(time -> messages.text("models.download.pace", numbers.size(speed), left(time)))
                        .orElseGet(() -> messages.text("models.download.speed", numbers.size(speed)));
            case State.Retrying(String _, Duration in) ->
                messages.text(
                        "models.download.nextTry", Math.max(0, in.minus(since).toSeconds()));
            default -> "";
        };
    }

    private String left(Duration time) {
        if (time.toMinutes() < 1) return messages.text("models.left.seconds", Math.max(1, time.toSeconds()));
        if (time.toHours() < 1) return messages.text("models.left.minutes", time.toMinutes());
        return messages.text("models.left.hours", time.toHours(), time.toMinutesPart());
    }

    private static Optional<String> sentence(State state) {
        return switch (state) {
            case State.Retrying(String sentence, Duration _) -> Optional.of(sentence);
            case State.Failed(String sentence) -> Optional.of(sentence);
            default -> Optional.empty();
        };
    }

    private static Actions actions(Kind kind) {
        boolean stands = kind == Kind.PAUSED || kind == Kind.FAILED || kind == Kind.RETRYING;
        boolean done = kind == Kind.DONE;
        return new Actions(!stands && !done, stands, kind != Kind.PAUSED, !done, done);
    }
}
