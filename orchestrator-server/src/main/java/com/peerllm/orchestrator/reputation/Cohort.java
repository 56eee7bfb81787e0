package com.peerllm.orchestrator.reputation;

import com.peerllm.shared.reputation.CohortPace;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.PeakAverage;

/** How fast the connected hosts of one model are, newcomers left out so that nobody can bring a slow crowd along. */
final class Cohort {
    private final Median millisPerToken = new Median();
    private final Median firstTokenMillis = new Median();

    /** Where one host's figures stand in the cohort. */
    record Place(int millisPerToken, int firstTokenMillis) {
        static final Place NONE = new Place(Median.NOWHERE, Median.NOWHERE);
    }

    static Place placeOf(ModelHistory history) {
        return new Place(bucket(history.millisPerToken()), bucket(history.firstTokenMillis()));
    }

    private static int bucket(PeakAverage average) {
        return average.measured() ? Median.bucketOf(average.value()) : Median.NOWHERE;
    }

    void move(Place from, Place to) {
        move(millisPerToken, from.millisPerToken, to.millisPerToken);
        move(firstTokenMillis, from.firstTokenMillis, to.firstTokenMillis);
    }

    private static void move(Median median, int from, int to) {
        if (from == to) return;
        if (from != Median.NOWHERE) median.remove(from);
        if (to != Median.NOWHERE) median.add(to);
    }

    boolean isEmpty() {
        return millisPerToken.isEmpty() && firstTokenMillis.isEmpty();
    }

    CohortPace pace() {
        return new CohortPace(millisPerToken.value(), firstTokenMillis.value());
    }
}
