package com.peerllm.host;

import com.peerllm.host.availability.PauseReason;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.session.SessionState;
import com.peerllm.shared.identity.HostId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in one plain sentence what a host is doing. */
public final class StatusWords {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final Duration FRESH = Duration.ofSeconds(15);

    private StatusWords() {}

    /** One word for programs: {@code connected}, {@code connecting}, {@code offline}, {@code refused}, {@code draining}. */
    public static String of(SessionState state) {
        return state.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** One word for programs: {@code starting}, {@code ready}, {@code restarting}, {@code failed}, {@code stopped}. */
    public static String of(EngineState state) {
        return state.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** A moment as the clocks there show it. */
    public static String moment(Instant at, ZoneId zone) {
        return MOMENT.format(at.atZone(zone));
    }

    /**
     * Why a host that is to share does not, such as "Paused: the computer runs on its battery.".
     *
     * @param zone of the clock that the person looks at
     */
    public static String paused(List<PauseReason> reasons, ZoneId zone) {
        return "Paused: " + reasons.stream().map(reason -> of(reason, zone)).collect(Collectors.joining(", ")) + ".";
    }

    /** In a few words that go on a sentence. */
    public static String of(PauseReason reason, ZoneId zone) {
        return switch (reason) {
            case PauseReason.ByHand(Optional<Instant> until) ->
                "by its owner" + until.map(end -> " until " + moment(end, zone)).orElse("");
            case PauseReason.InUse(Duration quiet) ->
                "somebody uses the computer (goes on " + quiet.toMinutes() + " min after the last key or move)";
            case PauseReason.OnBattery() -> "the computer runs on its battery";
            case PauseReason.TooHot(int celsius, int most) ->
                "the processor has " + celsius + " °C, and " + most + " are allowed";
            case PauseReason.OutsideHours(Optional<Instant> next) ->
                "outside the hours of the schedule"
                        + next.map(begin -> " until " + moment(begin, zone)).orElse("");
        };
    }

    /** The network's part and the engine's part, such as "Connected to peers as quiet-otter-7f3a; serving ...". */
    public static String sentence(HostId self, ServePlan plan, SessionState network, EngineState engine, Instant now) {
        return network(self, network, now) + "; " + engine(plan, engine) + ".";
    }

    private static String network(HostId self, SessionState state, Instant now) {
        return switch (state) {
            case SessionState.Connected c ->
                "Connected to " + c.orchestrator() + " as " + self.pseudonym() + confirmed(c, now);
            case SessionState.Connecting c -> "Connecting to " + c.address();
            case SessionState.Offline(String reason, var next) ->
                "Not connected: " + withoutStop(reason)
                        + next.map(at -> ", trying again " + in(Duration.between(now, at)))
                                .orElse("");
            case SessionState.Refused(String code, String message) -> "Refused (" + code + "): " + withoutStop(message);
            case SessionState.Draining(String reason) -> "Leaving the network: " + withoutStop(reason);
        };
    }

    private static String confirmed(SessionState.Connected state, Instant now) {
        Duration silence = Duration.between(state.lastConfirmed(), now);
        return silence.compareTo(FRESH) < 0 ? "" : " (last confirmed " + silence.toSeconds() + " s ago)";
    }

    private static String in(Duration wait) {
        long seconds = Math.max(0, wait.toSeconds());
        return seconds < 1 ? "now" : "in " + seconds + " s";
    }

    private static String engine(ServePlan plan, EngineState state) {
        int others = plan.models().size() - 1;
        String model = plan.model().model().name()
                + (others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others"));
        return switch (state) {
            case EngineState.Ready(var facts) ->
                "serving " + model + " with " + facts.slots() + (facts.slots() == 1 ? " slot" : " slots");
            case EngineState.Starting _ -> "loading " + model;
            case EngineState.Restarting(String reason, int attempt) ->
                "loading " + model + " again (attempt " + attempt + ": " + withoutStop(reason) + ")";
            case EngineState.Failed(var code, String sentence) -> model + " does not run: " + withoutStop(sentence);
            case EngineState.Stopped _ -> "no model loaded";
        };
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
