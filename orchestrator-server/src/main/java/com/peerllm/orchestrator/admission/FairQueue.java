package com.peerllm.orchestrator.admission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Who is next: start-time fair queueing over accounts, with ageing. Within an account first come, first served.
 *
 * <p>An account that is given work owes the work's cost; the one that owes least goes first, and who had nothing waiting owes
 * no less than those who did (start-time fair queueing of Goyal, Vin and Cheng, 1996, equal weights). Every second that an
 * account's first place waits makes up for some cost, so nobody waits for ever while new accounts come and come. What has
 * begun already goes before everything else.
 *
 * <p>Adding, taking and removing at any place cost the logarithm of the number of accounts; places that do not fit are looked
 * through. Pure: time is passed in. Not for several threads.
 */
public final class FairQueue<A, T> {
    /** Accounts that owe something and have nothing waiting; who owes least is forgiven first. */
    private static final int MOST_REMEMBERED = 10_000;

    private final long ageingCostPerSecond;
    private final Map<A, Flow<A, T>> flows = new HashMap<>();
    private final TreeSet<Flow<A, T>> waiting =
            new TreeSet<>(Comparator.<Flow<A, T>>comparingLong(flow -> flow.key).thenComparingLong(flow -> flow.order));
    private final TreeSet<Flow<A, T>> remembered = new TreeSet<>(
            Comparator.<Flow<A, T>>comparingLong(flow -> flow.owed).thenComparingLong(flow -> flow.order));
    private final SequencedSet<Place<A, T>> begun = new LinkedHashSet<>();
    private long served;
    private long turns = 1;
    private int size;

    /** @param ageingCostPerSecond cost that a second of waiting at the head of an account makes up for */
    public FairQueue(long ageingCostPerSecond) {
        this.ageingCostPerSecond = ageingCostPerSecond;
    }

    /** One place in the queue, by which it can be left. */
    public static final class Place<A, T> {
        private final T item;
        private final long cost;
        private final Optional<Flow<A, T>> flow;

        private Place(T item, long cost, Optional<Flow<A, T>> flow) {
            this.item = item;
            this.cost = cost;
            this.flow = flow;
        }
    }

    /** One account's places. */
    private static final class Flow<A, T> {
        final A account;
        final SequencedSet<Place<A, T>> places = new LinkedHashSet<>();
        /** What all were owed when it was served last, and the cost of that. */
        long owed;

        long headSinceMillis;
        /** Goes up with what it owes and with the time at which its head came; in thousandths of cost. */
        long key;

        long order;

        Flow(A account, long owed) {
            this.account = account;
            this.owed = owed;
        }
    }

    /**
     * @param cost more than zero
     * @param nowMillis of a clock that never goes back
     */
    public Place<A, T> add(A account, long cost, T item, long nowMillis) {
        Flow<A, T> flow = flows.computeIfAbsent(account, any -> new Flow<>(any, served));
        Place<A, T> place = new Place<>(item, cost, Optional.of(flow));
        boolean alone = flow.places.isEmpty();
        if (alone) remembered.remove(flow);
        flow.places.add(place);
        size++;
        if (alone) {
            flow.owed = Math.max(flow.owed, served);
            flow.headSinceMillis = nowMillis;
            line(flow);
        }
        return place;
    }

    /** For what has begun and must go on: before all others, and its cost was counted when it began. */
    public Place<A, T> addBegun(T item) {
        Place<A, T> place = new Place<>(item, 0, Optional.empty());
        begun.add(place);
        size++;
        return place;
    }

    private void line(Flow<A, T> flow) {
        flow.key = flow.owed * 1000 + ageingCostPerSecond * flow.headSinceMillis;
        flow.order = turns++;
        waiting.add(flow);
    }

    /** @return false when it had left already */
    public boolean remove(Place<A, T> place) {
        boolean was = place.flow.map(flow -> flow.places.remove(place)).orElseGet(() -> begun.remove(place));
        if (!was) return false;
        size--;
        place.flow.filter(flow -> flow.places.isEmpty()).ifPresent(flow -> {
            waiting.remove(flow);
            remember(flow);
        });
        forget();
        return true;
    }

    /** Takes the first in fair order that fits; nothing only when none of all fits. */
    public Optional<T> take(Predicate<T> fits, long nowMillis) {
        for (Place<A, T> place : begun) {
            if (!fits.test(place.item)) continue;
            remove(place);
            return Optional.of(place.item);
        }
        for (Flow<A, T> flow : waiting) {
            for (Place<A, T> place : flow.places) {
                if (!fits.test(place.item)) continue;
                serve(flow, place, nowMillis);
                return Optional.of(place.item);
            }
        }
        return Optional.empty();
    }

    private void serve(Flow<A, T> flow, Place<A, T> place, long nowMillis) {
        waiting.remove(flow);
        served = Math.max(served, flow.owed);
        flow.owed += place.cost;
        if (flow.places.getFirst() == place) flow.headSinceMillis = nowMillis;
        flow.places.remove(place);
        size--;
        if (flow.places.isEmpty()) {
            remember(flow);
        } else {
            line(flow);
        }
        forget();
    }

    private void remember(Flow<A, T> flow) {
        flow.order = turns++;
        remembered.add(flow);
    }

    /** Who owes no more than everybody is like somebody new; and when nobody waits, there is nobody to be fair to. */
    private void forget() {
        if (size == 0) {
            flows.clear();
            remembered.clear();
            served = 0;
            return;
        }
        while (!remembered.isEmpty() && (remembered.first().owed <= served || remembered.size() > MOST_REMEMBERED)) {
            flows.remove(remembered.pollFirst().account);
        }
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Places of one account that have not begun. */
    public int size(A account) {
        Flow<A, T> flow = flows.get(account);
        return flow == null ? 0 : flow.places.size();
    }

    /** Accounts that wait for something to begin. */
    public int accounts() {
        return waiting.size();
    }

    /** In the order in which they would be taken now if nobody came or left. Looks at all; not for every event. */
    public List<T> inOrder(long nowMillis) {
        record Next<A, T>(long key, long order, Flow<A, T> flow, Iterator<Place<A, T>> places) {}
        List<T> order = new ArrayList<>(size);
        for (Place<A, T> place : begun) order.add(place.item);
        PriorityQueue<Next<A, T>> next = new PriorityQueue<>(
                Comparator.<Next<A, T>>comparingLong(Next::key).thenComparingLong(Next::order));
        for (Flow<A, T> flow : waiting) next.add(new Next<>(flow.key, flow.order, flow, flow.places.iterator()));
        long later = turns;
        Map<A, Long> owed = new HashMap<>();
        while (!next.isEmpty()) {
            Next<A, T> first = next.poll();
            Place<A, T> place = first.places.next();
            order.add(place.item);
            if (!first.places.hasNext()) continue;
            long owes = owed.merge(first.flow.account, place.cost, Long::sum) + first.flow.owed;
            long key = owes * 1000 + ageingCostPerSecond * nowMillis;
            next.add(new Next<>(key, later++, first.flow, first.places));
        }
        return order;
    }
}
