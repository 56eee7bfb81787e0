package com.peerllm.benchmarks;

import java.util.List;
import java.util.stream.IntStream;

/** Prints what was measured: median, spread, and the ratio of the pairs of one run; then the same as JSON. */
final class Table {
    private Table() {}

    /**
     * One figure.
     *
     * @param theirs the peer or the floor, measured in turn with ours; NaN when there is none
     */
    record Row(String what, List<Double> ours, List<Double> theirs) {}

    static void print(String unit, String peer, List<Row> rows) {
        System.out.printf("%-24s %12s %21s %12s %8s%n", unit, "PeerLLM", "(min - max)", peer, "ratio");
        for (Row row : rows) {
            List<Double> ratios = IntStream.range(0, row.ours().size())
                    .mapToObj(i -> row.ours().get(i) / row.theirs().get(i))
                    .toList();
            System.out.printf(
                    "%-24s %12.2f %10.2f - %8.2f %12.2f %8.3f%n",
                    row.what(),
                    median(row.ours()),
                    row.ours().stream().mapToDouble(d -> d).min().orElse(Double.NaN),
                    row.ours().stream().mapToDouble(d -> d).max().orElse(Double.NaN),
                    median(row.theirs()),
                    median(ratios));
            System.out.println("  {\"figure\":\"" + row.what() + "\",\"unit\":\"" + unit + "\",\"ours\":" + row.ours()
                    + ",\"theirs\":" + (row.theirs().contains(Double.NaN) ? "[]" : row.theirs()) + "}");
        }
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
