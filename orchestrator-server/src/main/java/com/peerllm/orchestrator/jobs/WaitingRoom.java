package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.admission.QueueLimits;
import com.peerllm.orchestrator.admission.Tally;
import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.jobs.WaitingLine.Place;
import com.peerllm.orchestrator.routing.Decision;
import com.peerllm.orchestrator.routing.Rejection;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.model.ModelDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Where requests wait for a host: finds one at once, or lets them wait in the fair queue of their model until a slot is free, their
 * patience ends or they leave. Lives on the event loop.
 *
 * <p>A slot that becomes free wakes the queue of its model, in a turn of the event loop of its own; nothing else is looked at. What has
 * no event, such as a breaker that closes with time, is found by {@link #tick}.
 */
final class WaitingRoom {
    /** Who can only wait for a host that failed just now does not wait long: nobody knows that it will work. */
    private static final Duration FOR_BROKEN_HOSTS = Duration.ofSeconds(20);

    private static final long LOOK_MILLIS = 1000;

    private final FreeHosts hosts;
    private final QueueLimits limits;
    private final LongSupplier nanoTime;
    private final Executor loop;
    private final Tally<AccountId> tally;
    private final WaitingTimes times;
    private final Map<ModelDigest, WaitingLine> lines = new HashMap<>();
    private final Map<Waiter, Place> places = new HashMap<>();
    private final Set<ServedModel> roomy = new LinkedHashSet<>();
    private boolean planned;
    private boolean closed;
    private long lookedMillis;
    private long entered;

    /** @param loop runs on the event loop, later */
    WaitingRoom(FreeHosts hosts, QueueLimits limits, LongSupplier nanoTime, Executor loop) {
        this.hosts = hosts;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.loop = loop;
        this.tally = new Tally<>(limits);
        this.times = new WaitingTimes(limits.report());
    }

    /** Gives it a host, lets it wait for one, or tells it why neither can be. */
    void dispatch(Waiter waiter) {
        WaitingLine line = lines.get(waiter.order().model().digest());
        if (line != null && line.woken && !line.queue.isEmpty()) {
            enter(waiter, Map.of());
            return;
        }
        switch (hosts.choose(waiter.wanted(), waiter.order().model().digest())) {
            case Decision.Chosen<ServedModel> chosen -> waiter.assigned(chosen.candidate(), Duration.ZERO);
            case Decision.NoHost<ServedModel> none -> {
                if (hosts.timeHeals(none.rejections(), waiter.order().model().digest())) {
                    enter(waiter, none.rejections());
                } else {
                    waiter.noHost(none.rejections());
                }
            }
        }
    }

    /** A host for a second try beside the first, unless somebody waits for it. */
    Optional<ServedModel> spare(ModelDigest digest, RouteRequest wanted) {
        WaitingLine line = lines.get(digest);
        if (line != null && !line.queue.isEmpty()) return Optional.empty();
        return hosts.choose(wanted, digest) instanceof Decision.Chosen<ServedModel>(ServedModel host)
                ? Optional.of(host)
                : Optional.empty();
    }

    /** @param rejections why there is no host now; empty when the router was not asked yet */
    private void enter(Waiter waiter, Map<Rejection, Integer> rejections) {
        if (closed) {
            waiter.refused(Refusals.stopping());
            return;
        }
        long now = millis();
        Billable order = waiter.order();
        WaitingLine line = lines.computeIfAbsent(
                order.model().digest(), digest -> new WaitingLine(order.model(), limits.ageingTokensPerSecond(), now));
        if (!waiter.hasBegun()) {
            Optional<Tally.Full> full = tally.refuses(
                    order.consumer(),
                    hosts.slots(line.model.digest()),
                    line.queue.size(),
                    line.queue.size(order.consumer()),
                    waiter.promptBytes());
            if (full.isPresent()) {
                waiter.refused(
                        QueueRefusals.full(full.get(), line, hosts.slots(line.model.digest()), order.consumer(), now));
                return;
            }
        }
        Place place = new Place(waiter, line, entered++, now);
        place.known = !rejections.isEmpty();
        line.unasked |= !place.known;
        boolean brokenOnly = place.known && !rejections.containsKey(Rejection.NO_FREE_SLOT);
        Duration patience =
                brokenOnly && waiter.patience().compareTo(FOR_BROKEN_HOSTS) > 0 ? FOR_BROKEN_HOSTS : waiter.patience();
        place.inQueue = waiter.hasBegun()
                ? line.queue.addBegun(place)
                : line.queue.add(order.consumer(), waiter.costTokens(), place, now);
        tally.entered(order.consumer(), waiter.promptBytes());
        line.used(now);
        places.put(waiter, place);
        times.add(place, patience);
    }

    /** Nothing happens when it does not wait. */
    void leave(Waiter waiter) {
        Place place = places.get(waiter);
        if (place == null) return;
        place.line.queue.remove(place.inQueue);
        forget(place);
    }

    private void forget(Place place) {
        places.remove(place.waiter);
        times.remove(place);
        tally.left(place.waiter.order().consumer(), place.waiter.promptBytes());
        place.line.used(millis());
    }

    /** The host may have room now for somebody who waits. */
    void wake(ServedModel host) {
        WaitingLine line = lines.get(host.announced().digest());
        if (line == null || line.queue.isEmpty()) return;
        line.woken = true;
        roomy.add(host);
        if (planned) return;
        planned = true;
        loop.execute(this::serveRoomy);
    }

    /** A host came, or announced other models. */
    void wake(HostConnection host) {
        host.models().forEach(this::wake);
    }

    private void serveRoomy() {
        planned = false;
        List<ServedModel> woken = List.copyOf(roomy);
        roomy.clear();
        for (ServedModel host : woken) {
            WaitingLine line = lines.get(host.announced().digest());
            if (line == null) continue;
            line.woken = false;
            serve(line, () -> hasRoom(host));
        }
    }

    private static boolean hasRoom(ServedModel host) {
        return host.freeSlots() > 0 && !host.draining() && !host.breakerOpen();
    }

    /** Gives hosts to those whose turn it is, while there may be one. */
    private void serve(WaitingLine line, BooleanSupplier more) {
        FreeHosts.Look look = hosts.new Look(line.model.digest());
        while (!line.queue.isEmpty() && more.getAsBoolean()) {
            long now = millis();
            Optional<Place> next = line.queue.take(look::findsHost, now);
            if (next.isEmpty()) break;
            forget(next.get());
            line.rate.departed(now);
            next.get().waiter.assigned(look.found(), Duration.ofMillis(now - next.get().sinceMillis));
        }
        look.hopeless().forEach((place, rejections) -> {
            if (places.get(place.waiter) != place) return;
            leave(place.waiter);
            place.waiter.noHost(rejections);
        });
    }

    /** A few times a second: who has waited for too long, who is to be told, and what changed without an event. */
    void tick() {
        long now = millis();
        giveUp(times.expired(now), now);
        boolean all = now - lookedMillis >= LOOK_MILLIS;
        for (WaitingLine line : List.copyOf(lines.values())) {
            if (!all && !line.unasked) continue;
            line.unasked = false;
            serve(line, () -> true);
        }
        if (!all) return;
        lookedMillis = now;
        lines.values().removeIf(line -> line.isForgotten(now));
        times.report(places.values(), now);
    }

    private void giveUp(List<Place> expired, long now) {
        Map<WaitingLine, Map<Place, Integer>> positions = new HashMap<>();
        for (Place place : expired) positions.computeIfAbsent(place.line, line -> line.positions(now));
        for (Place place : expired) {
            if (places.get(place.waiter) != place) continue;
            Map<Place, Integer> position = positions.get(place.line);
            leave(place.waiter);
            place.waiter.refused(QueueRefusals.timeOut(
                    place.line, position.get(place), position.size(), now - place.sinceMillis, now));
        }
    }

    /** Nobody waits any more, and nobody may. Who has nothing running is told; the others end with what runs. */
    void close() {
        closed = true;
        for (Place place : List.copyOf(places.values())) {
            if (places.get(place.waiter) != place || place.waiter.hasCompany()) continue;
            leave(place.waiter);
            place.waiter.refused(Refusals.stopping());
        }
    }

    int waiting() {
        return places.size();
    }

    private long millis() {
        return nanoTime.getAsLong() / 1_000_000;
    }
}
