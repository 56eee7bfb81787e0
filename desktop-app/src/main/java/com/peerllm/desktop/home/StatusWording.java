package com.peerllm.desktop.home;

import com.peerllm.desktop.home.HomeFacts.Switching;
import com.peerllm.desktop.home.HomeStatus.Kind;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Puts the host's state into one sentence and its reason: a pure function of {@link HomeFacts}. */
final class StatusWording {
    private final Messages messages;

    StatusWording(Messages messages) {
        this.messages = messages;
    }

    HomeStatus of(HomeFacts facts) {
        if (facts.switching() == Switching.OFF) return stopping(facts);
        if (facts.trouble().isPresent()) return failed(facts.trouble().get());
        return engineTrouble(facts).orElseGet(() -> ofSession(facts));
    }

    /** The engine comes first: without it the best connection earns nothing. */
    private Optional<HomeStatus> engineTrouble(HomeFacts facts) {
        return switch (facts.engine()) {
            case EngineState.Failed failed -> Optional.of(failed(failed.sentence()));
            case EngineState.Restarting restarting ->
                Optional.of(new HomeStatus(
                        Kind.RECOVERING,
                        messages.text("status.restarting"),
                        messages.text("status.restarting.reason", restarting.reason(), restarting.attempt())));
            case EngineState.Starting starting ->
                Optional.of(new HomeStatus(
                        Kind.PREPARING, messages.text("status.loading"), messages.text("status.loading.reason")));
            case EngineState.Ready ready -> Optional.empty();
            case EngineState.Stopped stopped -> Optional.empty();
        };
    }

    private HomeStatus ofSession(HomeFacts facts) {
        return switch (facts.session()) {
            case SessionState.Connecting connecting ->
                new HomeStatus(
                        Kind.PREPARING,
                        messages.text("status.connecting"),
                        messages.text(
                                "status.connecting.reason", connecting.address().text()));
            case SessionState.Connected connected -> connected(connected, facts.answersRunning());
            case SessionState.Offline offline -> offline(offline, facts);
            case SessionState.Refused refused -> failed(refused.message());
            case SessionState.Draining draining -> stopping(facts);
        };
    }

    private HomeStatus connected(SessionState.Connected connected, int running) {
        if (!connected.routed() && running == 0) {
            return new HomeStatus(
                    Kind.PREPARING,
                    messages.text("status.connected"),
                    messages.text("status.connected.reason", connected.orchestrator()));
        }
        return new HomeStatus(
                Kind.SHARING,
                messages.text("status.sharing", running),
                messages.text("status.sharing.reason", connected.orchestrator()));
    }

    private HomeStatus offline(SessionState.Offline offline, HomeFacts facts) {
        if (offline.nextAttempt().isPresent()) {
            String next = messages.text(
                    "status.offline.next",
                    secondsUntil(offline.nextAttempt().get(), facts.now()));
            return new HomeStatus(Kind.OFFLINE, messages.text("status.offline"), offline.reason() + " " + next);
        }
        if (facts.switching() == Switching.ON) {
            return new HomeStatus(
                    Kind.PREPARING, messages.text("status.starting"), messages.text("status.starting.reason"));
        }
        if (!facts.network()) {
            return new HomeStatus(
                    Kind.NO_NETWORK, messages.text("status.noNetwork"), messages.text("status.noNetwork.reason"));
        }
        return new HomeStatus(Kind.STOPPED, messages.text("status.stopped"), messages.text("status.stopped.reason"));
    }

    private HomeStatus failed(String sentence) {
        return new HomeStatus(Kind.FAILED, messages.text("status.failed"), sentence);
    }

    private HomeStatus stopping(HomeFacts facts) {
        return new HomeStatus(
                Kind.STOPPING,
                messages.text("status.stopping"),
                messages.text("status.stopping.reason", facts.answersRunning()));
    }

    private static long secondsUntil(Instant next, Instant now) {
        return Math.max(0, Math.ceilDiv(Duration.between(now, next).toMillis(), 1000));
    }
}
