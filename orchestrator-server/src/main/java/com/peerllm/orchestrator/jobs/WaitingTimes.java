package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.jobs.WaitingLine.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Whose patience ends when, and who is to be told how far it is. Lives on the event loop. */
final class WaitingTimes {
    /** Who waits for longer because another part of its answer is being made is looked at again after so long. */
    private static final long LONGER_MILLIS = 1000;

    private final long reportMillis;
    private final TreeSet<Place> byDeadline = new TreeSet<>(
            Comparator.<Place>comparingLong(place -> place.deadlineMillis).thenComparingLong(place -> place.number));

    /** @param report how often a place is told */
    WaitingTimes(Duration report) {
        this.reportMillis = report.toMillis();
    }

    void add(Place place, Duration patience) {
        place.deadlineMillis = place.sinceMillis + patience.toMillis();
        place.reportMillis = place.sinceMillis + reportMillis;
        byDeadline.add(place);
    }

    void remove(Place place) {
        byDeadline.remove(place);
    }

    /** Those whose patience is at its end. */
    List<Place> expired(long nowMillis) {
        List<Place> expired = new ArrayList<>();
        while (!byDeadline.isEmpty() && byDeadline.first().deadlineMillis <= nowMillis) {
            Place place = byDeadline.pollFirst();
            if (place.waiter.hasCompany()) {
                place.deadlineMillis = nowMillis + LONGER_MILLIS;
                byDeadline.add(place);
            } else {
                expired.add(place);
            }
        }
        return expired;
    }

    /** Tells those of these places whose time to be told has come. */
    void report(Collection<Place> places, long nowMillis) {
        Map<WaitingLine, List<Place>> due = new HashMap<>();
        for (Place place : places) {
            if (place.reportMillis <= nowMillis) {
                due.computeIfAbsent(place.line, any -> new ArrayList<>()).add(place);
            }
        }
        due.forEach((line, told) -> {
            Map<Place, Integer> position = line.positions(nowMillis);
            for (Place place : told) {
                place.reportMillis = nowMillis + reportMillis;
                place.waiter.waits(position.get(place), position.size());
            }
        });
    }
}
