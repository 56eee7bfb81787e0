package com.peerllm.host.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks for the fastest way to compute a model: first the number of threads, then the batch with the best of them. The usual way
 * comes first, so that a search that is cut short has measured that one at least.
 */
public final class BenchmarkSearch {
    private static final List<Integer> SMALLER_BATCHES = List.of(256, 128);

    private BenchmarkSearch() {}

    /**
     * @param usual the way that is taken without a measurement
     * @param cores physical cores
     * @param outOfTime ends the search after the trial that runs
     * @param tell hears each measurement at once
     */
    public static List<MeasuredTrial> run(
            Trial usual,
            int cores,
            Function<Trial, Speed> measure,
            BooleanSupplier outOfTime,
            Consumer<MeasuredTrial> tell) {
        List<MeasuredTrial> measured = new ArrayList<>();
        for (int threads : threadCounts(usual.threads(), cores)) {
            if (!measured.isEmpty() && outOfTime.getAsBoolean()) return measured;
            add(usual.withThreads(threads), measure, measured, tell);
        }
        Trial fastest = best(measured, cores).trial();
        for (int batch : SMALLER_BATCHES) {
            if (outOfTime.getAsBoolean()) return measured;
            if (batch < usual.microBatch()) add(fastest.withMicroBatch(batch), measure, measured, tell);
        }
        return measured;
    }

    /** The usual number, then all powers of two and the two largest, from many to few. */
    static List<Integer> threadCounts(int usual, int cores) {
        TreeSet<Integer> counts = new TreeSet<>(Comparator.reverseOrder());
        for (int count = 1; count <= cores; count *= 2) counts.add(count);
        counts.add(cores);
        counts.add(Math.max(1, cores - 1));
        counts.remove(usual);
        List<Integer> ordered = new ArrayList<>(List.of(usual));
        ordered.addAll(counts);
        return ordered;
    }

    /**
     * The one to serve with: the fastest at answers; among those with as many threads and layers, the fastest at prompts.
     *
     * @param mostThreads that may be used
     */
    public static MeasuredTrial best(List<MeasuredTrial> measured, int mostThreads) {
        List<MeasuredTrial> allowed = measured.stream()
                .filter(each -> each.trial().threads() <= mostThreads)
                .toList();
        MeasuredTrial decode = (allowed.isEmpty() ? measured : allowed)
                .stream()
                        .max(Comparator.comparingDouble(each -> each.speed().decodeRank()))
                        .orElseThrow(() -> new IllegalArgumentException("Nothing was measured"));
        return measured.stream()
                .filter(each -> each.trial().threads() == decode.trial().threads()
                        && each.trial().gpuLayers() == decode.trial().gpuLayers())
                .max(Comparator.comparingDouble(each -> each.speed().prefill()))
                .orElseThrow();
    }

    private static void add(
            Trial trial, Function<Trial, Speed> measure, List<MeasuredTrial> measured, Consumer<MeasuredTrial> tell) {
        MeasuredTrial done = new MeasuredTrial(trial, measure.apply(trial));
        measured.add(done);
        tell.accept(done);
    }
}
