package com.peerllm.desktop.home;

import com.peerllm.desktop.home.HomeFacts.Switching;
import com.peerllm.desktop.home.HomeStatus.Action;
import com.peerllm.desktop.home.HomeStatus.Kind;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Times;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Puts the host's state into one sentence and its reason: a pure function of {@link HomeFacts}. */
final class StatusWording {
    private final Messages messages;

    private final PauseWording pauses;
    private final Times times;

    StatusWording(Messages messages, Times times) {
        this.messages = messages;
        this.times = times;
        pauses = new PauseWording(messages, times);
    }

    HomeStatus of(HomeFacts facts) {
        if (facts.switching() == Switching.OFF) return stopping(facts);
        if (facts.switching() == Switching.ON && !isGoing(facts)) return starting();
        if (facts.trouble().isPresent()) return failed(facts.trouble().get(), facts);
        if (facts.wanted() && facts.availability() instanceof Availability.Paused(var reasons)) {
            return pauses.of(reasons, facts.now());
        }
        return ofEngine(facts).orElseGet(() -> ofSession(facts));
    }

    /** The engine comes first: without it the best connection earns nothing. */
    private Optional<HomeStatus> ofEngine(HomeFacts facts) {
        return switch (facts.engine()) {
            case EngineState.Failed failed -> Optional.of(failed(failed.sentence(), facts));
            case EngineState.Restarting restarting ->
                Optional.of(new HomeStatus(
                        Kind.RECOVERING,
                        Action.STOP,
                        messages.text("home.status.restarting"),
                        messages.text("home.status.restarting.reason", restarting.reason(), restarting.attempt())));
            case EngineState.Starting starting ->
                Optional.of(
                        preparing(messages.text("home.status.loading"), messages.text("home.status.loading.reason")));
            case EngineState.Ready ready -> Optional.empty();
            case EngineState.Stopped stopped -> Optional.empty();
        };
    }

    private HomeStatus ofSession(HomeFacts facts) {
        return switch (facts.session()) {
            case SessionState.Connecting connecting ->
                preparing(
                        messages.text("home.status.connecting"),
                        messages.text(
                                "home.status.connecting.reason",
                                connecting.address().text()));
            case SessionState.Connected connected -> connected(connected, facts);
            case SessionState.Offline offline -> offline(offline, facts);
            case SessionState.Refused refused -> failed(refused.message(), facts);
            case SessionState.Draining draining -> stopping(facts);
        };
    }

    private HomeStatus connected(SessionState.Connected connected, HomeFacts facts) {
        String network = connected.orchestrator();
        int running = facts.answersRunning();
        if (!connected.routed() && running == 0) {
            return preparing(
                    messages.text("home.status.connected"), messages.text("home.status.connected.reason", network));
        }
        return new HomeStatus(
                Kind.SHARING,
                Action.STOP,
                messages.text("home.status.sharing", running),
                overridden(facts)
                        .map(end -> messages.text("home.status.sharing.anyway", network, times.near(end, facts.now())))
                        .orElseGet(() -> messages.text("home.status.sharing.reason", network)));
    }

    private static Optional<Instant> overridden(HomeFacts facts) {
        return facts.availability() instanceof Availability.Available(var until) ? until : Optional.empty();
    }

    private HomeStatus offline(SessionState.Offline offline, HomeFacts facts) {
        if (offline.nextAttempt().isPresent()) {
            long seconds = secondsUntil(offline.nextAttempt().get(), facts.now());
            return new HomeStatus(
                    Kind.OFFLINE,
                    Action.STOP,
                    messages.text("home.status.offline"),
                    offline.reason() + " " + messages.text("home.status.offline.next", seconds));
        }
        if (facts.wanted()) return starting();
        return facts.network()
                ? stopped(
                        Kind.STOPPED, messages.text("home.status.stopped"), messages.text("home.status.stopped.reason"))
                : stopped(
                        Kind.NO_NETWORK,
                        messages.text("home.status.noNetwork"),
                        messages.text("home.status.noNetwork.reason"));
    }

    private static HomeStatus stopped(Kind kind, String sentence, String reason) {
        return new HomeStatus(kind, Action.START, sentence, reason);
    }

    private HomeStatus starting() {
        return preparing(messages.text("home.status.starting"), messages.text("home.status.starting.reason"));
    }

    private static HomeStatus preparing(String sentence, String reason) {
        return new HomeStatus(Kind.PREPARING, Action.STOP, sentence, reason);
    }

    /** What still runs can be stopped; otherwise the way forward is another try. */
    private HomeStatus failed(String sentence, HomeFacts facts) {
        Action action = isGoing(facts) ? Action.STOP : Action.TRY_AGAIN;
        return new HomeStatus(Kind.FAILED, action, messages.text("home.status.failed"), sentence);
    }

    private HomeStatus stopping(HomeFacts facts) {
        return new HomeStatus(
                Kind.STOPPING,
                Action.NONE,
                messages.text("home.status.stopping"),
                messages.text("home.status.stopping.reason", facts.answersRunning()));
    }

    /** Whether engine or connection do something now or will by themselves. */
    private static boolean isGoing(HomeFacts facts) {
        return switch (facts.engine()) {
            case EngineState.Starting starting -> true;
            case EngineState.Ready ready -> true;
            case EngineState.Restarting restarting -> true;
            case EngineState.Failed failed -> false;
            case EngineState.Stopped stopped -> isGoing(facts.session());
        };
    }

    private static boolean isGoing(SessionState session) {
        return switch (session) {
            case SessionState.Connecting connecting -> true;
            case SessionState.Connected connected -> true;
            case SessionState.Draining draining -> true;
            case SessionState.Offline offline -> offline.nextAttempt().isPresent();
            case SessionState.Refused refused -> false;
        };
    }

    private static long secondsUntil(Instant next, Instant now) {
        return Math.max(0, Math.ceilDiv(Duration.between(now, next).toMillis(), 1000));
    }
}
