package com.peerllm.shared.reputation;

/**
 * How fast the hosts of one model are: the medians over those that are connected and no newcomers, against which each is
 * measured.
 *
 * @param millisPerToken see {@link ModelHistory#millisPerToken()}; 0 when unknown
 * @param firstTokenMillis see {@link ModelHistory#firstTokenMillis()}; 0 when unknown
 */
public record CohortPace(double millisPerToken, double firstTokenMillis) {
    public static final CohortPace UNKNOWN = new CohortPace(0, 0);
}
