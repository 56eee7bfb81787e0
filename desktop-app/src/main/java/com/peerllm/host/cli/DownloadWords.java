package com.peerllm.host.cli;

import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.Download.State;
import com.peerllm.shared.model.ModelDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** How the command line tells where a download stands: to people in one line, to programs as a record. */
final class DownloadWords {
    private DownloadWords() {}

    /**
     * For programs.
     *
     * @param state {@code waiting}, {@code asking}, {@code running}, {@code verifying}, {@code paused}, {@code retrying},
     *     {@code failed} or {@code done}
     * @param model its name in the store, when it is done
     */
    record Line(
            String name,
            String state,
            long receivedBytes,
            OptionalLong sizeBytes,
            Optional<ModelDigest> digest,
            OptionalLong bytesPerSecond,
            OptionalLong leftSeconds,
            Optional<String> sentence,
            Optional<String> model) {}

    static Line line(Download download) {
        return switch (download.state()) {
            case State.Waiting() -> line(download, "waiting");
            case State.Asking() -> line(download, "asking");
            case State.PausedByPerson() -> line(download, "paused");
            case State.Verifying(long _) -> line(download, "verifying");
            case State.Running(long speed, Optional<Duration> left) ->
                new Line(
                        download.name(),
                        "running",
                        download.receivedBytes(),
                        download.sizeBytes(),
                        download.digest(),
                        speed == 0 ? OptionalLong.empty() : OptionalLong.of(speed),
                        left.map(time -> OptionalLong.of(time.toSeconds())).orElse(OptionalLong.empty()),
                        Optional.empty(),
                        Optional.empty());
            case State.Retrying(String sentence, Duration _) ->
                line(download, "retrying", Optional.of(sentence), Optional.empty());
            case State.Failed(String sentence) -> line(download, "failed", Optional.of(sentence), Optional.empty());
            case State.Done(String model) -> line(download, "done", Optional.empty(), Optional.of(model));
        };
    }

    private static Line line(Download download, String state) {
        return line(download, state, Optional.empty(), Optional.empty());
    }

    private static Line line(Download download, String state, Optional<String> sentence, Optional<String> model) {
        return new Line(
                download.name(),
                state,
                download.receivedBytes(),
                download.sizeBytes(),
                download.digest(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                sentence,
                model);
    }

    /** Such as {@code 1.2 GB of 4.1 GB, 12 MB/s, 4 min left}. */
    static String words(Download download) {
        return switch (download.state()) {
            case State.Waiting() -> amount(download) + ", waiting";
            case State.Asking() -> "asking the publisher for size and SHA-256";
            case State.PausedByPerson() -> amount(download) + ", paused";
            case State.Verifying(long read) ->
                "checking: " + ByteSize.inWords(read) + " of " + ByteSize.inWords(download.receivedBytes());
            case State.Running(long speed, Optional<Duration> left) ->
                amount(download)
                        + (speed == 0 ? "" : ", " + ByteSize.inWords(speed) + "/s")
                        + left.map(time -> ", " + time(time) + " left").orElse("");
            case State.Retrying(String sentence, Duration in) ->
                amount(download) + ", tried again in " + time(in) + ": " + sentence;
            case State.Failed(String sentence) -> amount(download) + ", failed: " + sentence;
            case State.Done(String model) -> "here as " + model;
        };
    }

    static String amount(Download download) {
        String received = ByteSize.inWords(download.receivedBytes());
        return download.sizeBytes().isPresent()
                ? received + " of " + ByteSize.inWords(download.sizeBytes().getAsLong())
                : received;
    }

    /** Rounded up to what people plan with. */
    private static String time(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        if (seconds < 90) return seconds + " s";
        long minutes = (seconds + 59) / 60;
        return minutes < 90 ? minutes + " min" : (minutes + 59) / 60 + " h";
    }
}
