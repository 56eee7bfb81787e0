package com.peerllm.host.cli;

import com.peerllm.host.LocalHost;
import com.peerllm.host.ServePlan;
import com.peerllm.host.StatusWords;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.session.SessionState;
import com.peerllm.shared.identity.HostId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Watches a host that serves: tells each change in one line, and decides when the program ends and with which code. */
final class ServingWatch {
    /**
     * When a missing connection ends the program.
     *
     * @param once at the first attempt that fails
     * @param within after so long without one
     */
    record Patience(boolean once, Optional<Duration> within) {}

    /** One line of the terminal, with a word each for network and engine as {@link StatusWords} has them. */
    record Line(Instant at, String network, String engine, String text) {}

    private enum Wake {
        CHANGE,
        STOP
    }

    private final HostId self;
    private final LocalHost host;
    private final ServePlan plan;
    private final Patience patience;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Consumer<Line> tell;
    private final BlockingQueue<Wake> wakes = new LinkedBlockingQueue<>();
    private final Set<String> toldNotes = new HashSet<>();
    private String toldLast = "";
    private boolean connectedOnce;

    ServingWatch(
            HostId self,
            LocalHost host,
            ServePlan plan,
            Patience patience,
            InstantSource clock,
            ZoneId zone,
            Consumer<Line> tell) {
        this.self = self;
        this.host = host;
        this.plan = plan;
        this.patience = patience;
        this.clock = clock;
        this.zone = zone;
        this.tell = tell;
    }

    void stopWished() {
        wakes.add(Wake.STOP);
    }

    /** Blocks until the host should end. */
    ExitCode untilTheEnd() {
        Instant begun = clock.instant();
        try (var _ = host.session().subscribe(state -> wakes.add(Wake.CHANGE));
                var _ = host.engine().subscribe(state -> wakes.add(Wake.CHANGE));
                var _ = host.availability().subscribe(state -> wakes.add(Wake.CHANGE))) {
            while (true) {
                Optional<ExitCode> end = next(begun);
                if (end.isPresent()) return end.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    private Optional<ExitCode> next(Instant begun) throws InterruptedException {
        Optional<Wake> wake = await(begun);
        if (wake.isEmpty()) {
            tell("There is no connection after " + patience.within.orElseThrow().toSeconds() + " seconds: giving up.");
            return Optional.of(ExitCode.ORCHESTRATOR);
        }
        if (wake.get() == Wake.STOP) {
            tell("Stopping: running answers may end, then this host leaves the network.");
            return Optional.of(ExitCode.OK);
        }
        return changed(host.session().get(), host.engine().get());
    }

    /** Nothing when the time for a first connection is over. */
    private Optional<Wake> await(Instant begun) throws InterruptedException {
        if (connectedOnce || patience.within.isEmpty()) return Optional.of(wakes.take());
        Duration left = Duration.between(clock.instant(), begun.plus(patience.within.get()));
        return Optional.ofNullable(wakes.poll(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS));
    }

    /** Once each. */
    private void tellNotes() {
        for (String note : host.notes()) if (toldNotes.add(note)) tell(note);
    }

    private Optional<ExitCode> changed(SessionState network, EngineState engine) {
        connectedOnce |= network instanceof SessionState.Connected;
        if (host.availability().get() instanceof Availability.Paused(var reasons))
            tell(StatusWords.paused(reasons, zone));
        else if (isSettled(network))
            tell(StatusWords.sentence(self, host.serving().orElse(plan), network, engine, clock.instant()));
        tellNotes();
        if (engine instanceof EngineState.Failed failed) return Optional.of(ExitCode.of(failed.code()));
        if (network instanceof SessionState.Refused) return Optional.of(ExitCode.ORCHESTRATOR);
        boolean attemptFailed = network instanceof SessionState.Offline offline
                && offline.nextAttempt().isPresent();
        if (patience.once && attemptFailed && !connectedOnce) return Optional.of(ExitCode.ORCHESTRATOR);
        return Optional.empty();
    }

    /** Dialling, and the moment before it, are no news. */
    private static boolean isSettled(SessionState network) {
        return switch (network) {
            case SessionState.Connecting _ -> false;
            case SessionState.Offline offline -> offline.nextAttempt().isPresent();
            case SessionState.Connected _, SessionState.Refused _, SessionState.Draining _ -> true;
        };
    }

    /** A line that says nothing new is not repeated; each attempt to connect differs in its seconds only. */
    private void tell(String text) {
        String essence = text.replaceAll("\\d+ s\\b", "");
        if (essence.equals(toldLast)) return;
        toldLast = essence;
        tell.accept(new Line(
                clock.instant(),
                StatusWords.of(host.session().get()),
                StatusWords.of(host.engine().get()),
                text));
    }
}
