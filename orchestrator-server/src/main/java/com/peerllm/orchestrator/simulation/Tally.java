package com.peerllm.orchestrator.simulation;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Counts what happens after the warm-up. */
final class Tally {
    private static final long FIRST_HOUR_OF_WINDOW = 16;
    private static final long LAST_HOUR_OF_WINDOW = 24;

    private final SimulationSettings settings;
    private final Map<Kind, Long> tokens = new EnumMap<>(Kind.class);
    private final Quantiles waitMillis = new Quantiles();
    private final Quantiles millisPerToken = new Quantiles();
    private long requests;
    private long allTokens;
    private long badTokens;
    private long newcomersAnswers;
    private long answers;
    private long lost;

    Tally(SimulationSettings settings) {
        this.settings = settings;
    }

    private boolean counts(long nowMillis) {
        return nowMillis >= SimulationSettings.START_MILLIS + SimulationSettings.WARM_UP_MILLIS;
    }

    void arrived() {
        requests++;
    }

    void waited(long nowMillis, double millis) {
        if (counts(nowMillis)) waitMillis.add(millis);
    }

    void lost(long nowMillis) {
        if (counts(nowMillis)) lost++;
    }

    /** @param newcomer when it was chosen */
    void answered(SimulatedHost host, SimulatedJob job, boolean cheated, boolean newcomer, double stretch, long now) {
        long intoWindow = now - settings.lateMillis();
        if (intoWindow >= FIRST_HOUR_OF_WINDOW * SimulationSettings.HOUR
                && intoWindow < LAST_HOUR_OF_WINDOW * SimulationSettings.HOUR) host.answersInWindow++;
        if (!counts(now)) return;
        answers++;
        host.answers++;
        if (newcomer) newcomersAnswers++;
        allTokens += job.answerTokens;
        if (cheated) badTokens += job.answerTokens;
        tokens.merge(host.kind, (long) job.answerTokens, Long::sum);
        millisPerToken.add((now - job.arrivedMillis) / stretch / job.answerTokens);
    }

    SimulationFigures figures(List<SimulatedHost> hosts, double stretch) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) shares.put(kind.name(), part(tokens.getOrDefault(kind, 0L), allTokens));
        long honest = hosts.stream().filter(host -> !host.kind.isBad()).count();
        long excluded = hosts.stream()
                .filter(host -> !host.kind.isBad() && host.wasExcluded)
                .count();
        Predicate<SimulatedHost> equal =
                host -> host.kind == Kind.HONEST && host.machine == Machine.MIDDLE && !host.late;
        double equalsInWindow = mean(hosts, equal);
        double seconds =
                (settings.endMillis() - SimulationSettings.START_MILLIS - SimulationSettings.WARM_UP_MILLIS) / 1000.0;
        return new SimulationFigures(
                requests,
                stretch,
                part(badTokens, allTokens),
                shares,
                part(excluded, honest),
                equalsInWindow == 0 ? 0 : mean(hosts, host -> host.late) / equalsInWindow,
                jain(amongEquals(hosts, equal)),
                part(newcomersAnswers, answers),
                waitMillis.at(0.5),
                waitMillis.at(0.99),
                millisPerToken.at(0.5),
                millisPerToken.at(0.99),
                (allTokens - badTokens) * stretch / seconds,
                part(lost, lost + answers));
    }

    /** What each host got, against the average of the equals that serve the same model: models differ in what is asked. */
    private static double[] amongEquals(List<SimulatedHost> hosts, Predicate<SimulatedHost> equal) {
        Map<Integer, Double> averages = hosts.stream()
                .filter(equal)
                .collect(Collectors.groupingBy(host -> host.model, Collectors.averagingLong(host -> host.answers)));
        return hosts.stream()
                .filter(equal)
                .mapToDouble(host -> host.answers / Math.max(1e-9, averages.get(host.model)))
                .toArray();
    }

    private static double mean(List<SimulatedHost> hosts, Predicate<SimulatedHost> which) {
        return hosts.stream()
                .filter(which)
                .mapToLong(host -> host.answersInWindow)
                .average()
                .orElse(0);
    }

    private static double part(long some, long all) {
        return all == 0 ? 0 : (double) some / all;
    }

    /** (sum x)^2 / (n sum x^2): 1 when all have the same, 1/n when one has all (Jain, Chiu and Hawe 1984). */
    private static double jain(double[] shares) {
        double sum = 0;
        double squares = 0;
        for (double share : shares) {
            sum += share;
            squares += share * share;
        }
        return squares == 0 ? 0 : sum * sum / (shares.length * squares);
    }
}
