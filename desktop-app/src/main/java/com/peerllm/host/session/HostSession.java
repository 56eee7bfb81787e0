package com.peerllm.host.session;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Backoff;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.settings.MetOrchestrator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this host connected to its orchestrator: dials, notices when the connection is dead, dials again with growing
 * pauses, and stops trying when somebody must do something first.
 *
 * <p>Its fields belong to the mailbox's thread, which also tells {@link #state}; a listener of the state must not call back
 * into the session.
 */
public final class HostSession implements Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(HostSession.class);
    private static final int MOST_ALTERNATES = 8;

    /**
     * How long leaving the network may take.
     *
     * @param forJobs what running answers have to end by themselves
     * @param forGoodbye what the orchestrator has to close its side
     */
    public record Patience(Duration forJobs, Duration forGoodbye) {
        /** Together less than the two seconds in which a host must give way. */
        public static final Patience STANDARD = new Patience(Duration.ofMillis(1500), Duration.ofMillis(300));
    }

    private final LinkParts parts;
    private final Mailbox mailbox;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final Signal<SessionState> state = new Signal<>(new SessionState.Offline("Not started.", Optional.empty()));
    private final Link.Owner events = new Events();

    private boolean running;
    private Optional<Link> link = Optional.empty();
    private int failures;
    private List<OrchestratorAddress> alternates = List.of();
    private Alarms.Alarm nextAttempt = () -> {};
    private Signal.Subscription servedChanges = () -> {};

    public HostSession(LinkParts parts, Mailbox mailbox, Backoff backoff, RandomGenerator random) {
        this.parts = parts;
        this.mailbox = mailbox;
        this.backoff = backoff;
        this.random = random;
    }

    public Signal<SessionState> state() {
        return state;
    }

    /** Begins to connect; also after it was refused. */
    @Override
    public void start() {
        mailbox.post(() -> {
            if (running) return;
            running = true;
            failures = 0;
            servedChanges.close();
            servedChanges = parts.served().subscribe(now -> mailbox.post(() -> link.ifPresent(Link::announce)));
            dial();
        });
    }

    /** Leaves the network: lets running answers end for a moment, hands back the rest; returns within two seconds. */
    @Override
    public void stop() {
        stop("The owner of this host closed it.", Patience.STANDARD);
    }

    /** @param reason told to the orchestrator */
    public void stop(String reason, Patience patience) {
        Optional<Link> last = mailbox.ask(() -> {
            Optional<Link> connected = state.get() instanceof SessionState.Connected ? link : Optional.empty();
            running = false;
            nextAttempt.cancel();
            servedChanges.close();
            if (connected.isPresent()) state.set(new SessionState.Draining(reason));
            return connected;
        });
        last.ifPresent(l -> leave(l, reason, patience));
        mailbox.ask(() -> {
            link.ifPresent(Link::cut);
            link = Optional.empty();
            state.set(new SessionState.Offline("Stopped.", Optional.empty()));
            return true;
        });
    }

    private static void leave(Link last, String reason, Patience patience) {
        try {
            last.leave(reason, patience.forJobs(), patience.forGoodbye());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dial() {
        if (!running) return;
        OrchestratorAddress address = addressOfAttempt();
        state.set(new SessionState.Connecting(address));
        Link next = new Link(parts, address, events);
        link = Optional.of(next);
        next.dial();
    }

    /** The own orchestrator, and in turn with it those it named when it went away. */
    private OrchestratorAddress addressOfAttempt() {
        int turn = failures % (alternates.size() + 1);
        return turn == 0 ? parts.address() : alternates.get(turn - 1);
    }

    private void retryAfter(String reason) {
        failures++;
        Duration wait = backoff.after(failures, random);
        Instant next = parts.clock().instant().plus(wait);
        log.info("{} Next attempt in {} ms.", reason, wait.toMillis());
        nextAttempt = parts.alarms().after(wait, () -> mailbox.post(this::dial));
        state.set(new SessionState.Offline(reason, Optional.of(next)));
    }

    private void remember(MetOrchestrator who) {
        String address = parts.address().text();
        try {
            parts.settings().update(s -> s.metOrchestrators().containsKey(address) ? s : s.met(address, who));
        } catch (HostException e) {
            log.warn("Who answers at {} could not be remembered: {}", address, e.sentence());
        }
    }

    /** What the current link tells; an older one is not listened to. */
    private final class Events implements Link.Owner {
        private void fromCurrent(Link from, Runnable action) {
            mailbox.post(() -> {
                if (link.filter(l -> l == from).isPresent()) action.run();
            });
        }

        @Override
        public void welcomed(Link from, MetOrchestrator who) {
            fromCurrent(from, () -> {
                if (!running) return;
                remember(who);
                Instant now = parts.clock().instant();
                state.set(new SessionState.Connected(who.name(), now, now, false));
            });
        }

        @Override
        public void confirmed(Link from, boolean routed) {
            fromCurrent(from, () -> {
                if (!(state.get() instanceof SessionState.Connected before)) return;
                failures = 0;
                Instant now = parts.clock().instant();
                state.set(new SessionState.Connected(before.orchestrator(), before.since(), now, routed));
            });
        }

        @Override
        public void drained(Link from, List<String> named) {
            fromCurrent(from, () -> {
                alternates = usable(named);
                log.info("The orchestrator goes away and names {} others.", alternates.size());
            });
        }

        private List<OrchestratorAddress> usable(List<String> named) {
            List<OrchestratorAddress> usable = new ArrayList<>();
            for (String text : named.subList(0, Math.min(named.size(), MOST_ALTERNATES))) {
                try {
                    usable.add(OrchestratorAddress.parse(text, false));
                } catch (HostException e) {
                    log.warn("An alternate of the orchestrator cannot be used: {}", e.sentence());
                }
            }
            return List.copyOf(usable);
        }

        @Override
        public void ended(Link from, LinkEnd end) {
            fromCurrent(from, () -> {
                link = Optional.empty();
                if (!running) return;
                // An alternate's refusal says nothing about the own orchestrator.
                if (end.worthRetrying() || !from.address().equals(parts.address())) {
                    retryAfter(end.sentence());
                } else {
                    running = false;
                    state.set(new SessionState.Refused(end.code(), end.sentence()));
                }
            });
        }
    }
}
