package com.peerllm.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/** What was measured: printed line by line as it comes, and kept for a JSON file. */
final class Report {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Map<String, Object>> rows = new ArrayList<>();

    /** A new part of the print. */
    void title(String text) {
        System.out.println();
        System.out.println(text);
    }

    /**
     * One figure.
     *
     * @param values name and value in turn
     */
    void row(String figure, String of, Object... values) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("figure", figure);
        row.put("of", of);
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-34s", of));
        for (int i = 0; i < values.length; i += 2) {
            Object value = values[i + 1] instanceof Double number ? Math.round(number * 100) / 100.0 : values[i + 1];
            row.put((String) values[i], value);
            line.append("  ").append(values[i]).append(' ').append(value);
        }
        rows.add(row);
        System.out.println(line);
    }

    /** Percentiles of times. */
    void times(String figure, String of, Histogram nanos) {
        row(
                figure,
                of,
                "p50_us",
                nanos.getValueAtPercentile(50) / 1e3,
                "p95_us",
                nanos.getValueAtPercentile(95) / 1e3,
                "p99_us",
                nanos.getValueAtPercentile(99) / 1e3,
                "p99.9_us",
                nanos.getValueAtPercentile(99.9) / 1e3,
                "max_us",
                nanos.getMaxValue() / 1e3,
                "count",
                nanos.getTotalCount());
    }

    /** Percentiles of differences, which may be negative. */
    void differences(String figure, String of, List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        row(
                figure,
                of,
                "p50_us",
                at(sorted, 0.5),
                "p99_us",
                at(sorted, 0.99),
                "p99.9_us",
                at(sorted, 0.999),
                "count",
                sorted.length);
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e3;
    }

    String json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(rows);
    }

    static Histogram histogram() {
        return new Histogram(60_000_000_000L, 3);
    }
}
