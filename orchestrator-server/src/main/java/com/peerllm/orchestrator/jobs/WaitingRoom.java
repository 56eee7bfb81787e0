package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.admission.Tally;
import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.jobs.WaitingLine.Place;
import com.peerllm.orchestrator.routing.Decision;
import com.peerllm.orchestrator.routing.Rejection;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.orchestrator.routing.Router;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.model.ModelDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private static final long REPORT_MILLIS = 10_000;

    private final HostRegistry registry;
    private final Router router;
    private final JobLimits limits;
    private final LongSupplier nanoTime;
    private final Executor loop;
    private final Tally<AccountId> tally;
    private final Map<ModelDigest, WaitingLine> lines = new HashMap<>();
    private final Map<Waiter, Place> places = new HashMap<>();
    private final TreeSet<Place> byDeadline = new TreeSet<>(
            Comparator.<Place>comparingLong(place -> place.deadlineMillis).thenComparingLong(place -> place.number));
    private final Set<ServedModel> roomy = new LinkedHashSet<>();
    private boolean planned;
    private boolean closed;
    private long lookedMillis;
    private long entered;

    WaitingRoom(HostRegistry registry, Router router, JobLimits limits, LongSupplier nanoTime, Executor loop) {
        this.registry = registry;
        this.router = router;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.loop = loop;
        this.tally = new Tally<>(limits.queue());
    }

    /** Gives it a host, lets it wait for one, or tells it why neither can be. */
    void dispatch(Waiter waiter) {
        WaitingLine line = lines.get(waiter.order().model().digest());
        if (line != null && line.woken && !line.queue.isEmpty()) {
            enter(waiter, Map.of());
            return;
        }
        switch (choose(waiter.wanted(), waiter.order().model().digest())) {
            case Decision.Chosen<ServedModel> chosen -> waiter.assigned(chosen.candidate(), Duration.ZERO);
            case Decision.NoHost<ServedModel> none -> {
                if (timeHeals(none.rejections(), waiter)) {
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
        return choose(wanted, digest) instanceof Decision.Chosen<ServedModel>(ServedModel host, double any)
                ? Optional.of(host)
                : Optional.empty();
    }

    private Decision<ServedModel> choose(RouteRequest wanted, ModelDigest digest) {
        return router.choose(wanted, registry.serving(digest));
    }

    /** A slot becomes free, and a host that failed may be asked again; nothing else changes by itself. */
    private boolean timeHeals(Map<Rejection, Integer> rejections, Waiter waiter) {
        if (rejections.containsKey(Rejection.BREAKER_OPEN)) return true;
        return rejections.containsKey(Rejection.NO_FREE_SLOT)
                && registry.serving(waiter.order().model().digest()).stream()
                        .anyMatch(host -> host.announced().slots() > 0);
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
                order.model().digest(),
                digest -> new WaitingLine(
                        order.model().id(), slots(digest), limits.queue().ageingTokensPerSecond(), now));
        if (!waiter.hasBegun()) {
            Optional<Tally.Full> full = tally.refuses(
                    order.consumer(),
                    line.slots,
                    line.queue.size(),
                    line.queue.size(order.consumer()),
                    waiter.promptBytes());
            if (full.isPresent()) {
                waiter.refused(QueueRefusals.full(full.get(), line, order.consumer(), now));
                return;
            }
        }
        Place place = new Place(waiter, line, entered++, now);
        place.known = !rejections.isEmpty();
        boolean brokenOnly = place.known && !rejections.containsKey(Rejection.NO_FREE_SLOT);
        Duration patience =
                brokenOnly && waiter.patience().compareTo(FOR_BROKEN_HOSTS) > 0 ? FOR_BROKEN_HOSTS : waiter.patience();
        place.deadlineMillis = now + patience.toMillis();
        place.reportMillis = now + REPORT_MILLIS;
        place.inQueue = waiter.hasBegun()
                ? line.queue.addBegun(place)
                : line.queue.add(order.consumer(), waiter.costTokens(), place, now);
        tally.entered(order.consumer(), waiter.promptBytes());
        line.used(now);
        places.put(waiter, place);
        byDeadline.add(place);
    }

    private int slots(ModelDigest digest) {
        int slots = 0;
        for (ServedModel host : registry.serving(digest))
            slots += host.announced().slots();
        return slots;
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
        byDeadline.remove(place);
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
        for (ServedModel model : host.models()) {
            WaitingLine line = lines.get(model.announced().digest());
            if (line != null) line.slots = slots(model.announced().digest());
            wake(model);
        }
    }

    private void serveRoomy() {
        planned = false;
        List<ServedModel> hosts = List.copyOf(roomy);
        roomy.clear();
        for (ServedModel host : hosts) {
            WaitingLine line = lines.get(host.announced().digest());
            if (line == null) continue;
            line.woken = false;
            serve(line, host.announced().digest(), () -> hasRoom(host));
        }
    }

    private static boolean hasRoom(ServedModel host) {
        return host.freeSlots() > 0 && !host.draining() && !host.breakerOpen();
    }

    /** Gives hosts to those whose turn it is, while there may be one. */
    private void serve(WaitingLine line, ModelDigest digest, BooleanSupplier more) {
        Look look = new Look(digest);
        while (!line.queue.isEmpty() && more.getAsBoolean()) {
            long now = millis();
            Optional<Place> next = line.queue.take(look::findsHost, now);
            if (next.isEmpty()) break;
            forget(next.get());
            line.rate.departed(now);
            next.get().waiter.assigned(look.found, Duration.ofMillis(now - next.get().sinceMillis));
        }
        look.hopeless.forEach((place, rejections) -> {
            if (places.get(place.waiter) != place) return;
            leave(place.waiter);
            place.waiter.noHost(rejections);
        });
    }

    /** One look through a queue for who can have a host. */
    private final class Look {
        private final ModelDigest digest;
        private final Blocked blocked = new Blocked();
        private final Map<Place, Map<Rejection, Integer>> hopeless = new HashMap<>();
        private ServedModel found;

        Look(ModelDigest digest) {
            this.digest = digest;
        }

        boolean findsHost(Place place) {
            if (place.known && blocked.covers(place.wanted) || !blocked.mayTry()) return false;
            switch (choose(place.waiter.wanted(), digest)) {
                case Decision.Chosen<ServedModel> chosen -> {
                    found = chosen.candidate();
                    return true;
                }
                case Decision.NoHost<ServedModel> none -> {
                    blocked.add(place.wanted);
                    if (!place.known && !timeHeals(none.rejections(), place.waiter)) {
                        hopeless.put(place, none.rejections());
                    }
                    place.known = true;
                    return false;
                }
            }
        }
    }

    /** A few times a second: who has waited for too long, who is to be told, and what changed without an event. */
    void tick() {
        long now = millis();
        endPatience(now);
        if (now - lookedMillis < LOOK_MILLIS) return;
        lookedMillis = now;
        lines.values().removeIf(line -> line.isForgotten(now));
        for (Map.Entry<ModelDigest, WaitingLine> each : List.copyOf(lines.entrySet())) {
            WaitingLine line = each.getValue();
            if (line.queue.isEmpty()) continue;
            line.slots = slots(each.getKey());
            serve(line, each.getKey(), () -> true);
        }
        report(now);
    }

    private void endPatience(long now) {
        while (!byDeadline.isEmpty() && byDeadline.first().deadlineMillis <= now) {
            Place place = byDeadline.pollFirst();
            if (place.waiter.hasCompany()) {
                place.deadlineMillis = now + LOOK_MILLIS;
                byDeadline.add(place);
                continue;
            }
            WaitingLine line = place.line;
            int of = line.queue.size();
            int position = line.queue.inOrder(now).indexOf(place) + 1;
            leave(place.waiter);
            place.waiter.refused(QueueRefusals.timeOut(line, position, of, now - place.sinceMillis, now));
        }
    }

    private void report(long now) {
        Map<WaitingLine, List<Place>> due = new HashMap<>();
        for (Place place : places.values()) {
            if (place.reportMillis <= now)
                due.computeIfAbsent(place.line, any -> new ArrayList<>()).add(place);
        }
        due.forEach((line, told) -> {
            Map<Place, Integer> position = new HashMap<>();
            for (Place place : line.queue.inOrder(now)) position.put(place, position.size() + 1);
            for (Place place : told) {
                place.reportMillis = now + REPORT_MILLIS;
                place.waiter.waits(position.get(place), position.size());
            }
        });
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
