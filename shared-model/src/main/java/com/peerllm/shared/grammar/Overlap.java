package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts how many readings of an unfinished answer a grammar can leave open at once. llama.cpp follows each of them with every
 * token, and alternatives that begin alike multiply with each level that an answer nests: a schema that says so must be refused
 * before it stops the engine.
 */
final class Overlap {

    /** What values can begin with; values that begin differently are never open at once. */
    enum Opening {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        WORD
    }

    static final int MOST_READINGS = 256;
    private static final int MOST_ROUNDS = 400;

    /** How a rule's readings come from those of others. */
    private sealed interface Shape {}

    private record Container(Opening opening, List<String> parts) implements Shape {}

    private record Choice(List<String> alternatives) implements Shape {}

    private final Map<String, int[]> readings = new HashMap<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, String> leads = new HashMap<>();

    /** A rule with nothing in it that could be read twice. */
    void leaf(String rule, Opening opening) {
        of(rule)[opening.ordinal()] = 1;
    }

    /** @param lead what every text of the rule begins with and then cannot be a text of a rule with another lead */
    void container(String rule, Opening opening, List<String> parts, Optional<String> lead) {
        leaf(rule, opening);
        shapes.put(rule, new Container(opening, List.copyOf(parts)));
        lead.ifPresent(text -> leads.put(rule, text));
    }

    void choice(String rule, List<String> alternatives) {
        shapes.put(rule, new Choice(List.copyOf(alternatives)));
    }

    /** A second name of a rule. */
    void alias(String rule, String of) {
        choice(rule, List.of(of));
        if (leads.containsKey(of)) leads.put(rule, leads.get(of));
    }

    /** Whether no answer can be read in more than {@link #MOST_READINGS} ways at once. */
    boolean bounded() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean changed = false;
            for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
                int[] before = of(entry.getKey());
                int[] now = count(entry.getValue());
                if (Arrays.equals(before, now)) continue;
                if (Arrays.stream(now).max().orElse(0) > MOST_READINGS) return false;
                readings.put(entry.getKey(), now);
                changed = true;
            }
            if (!changed) return true;
        }
        return false;
    }

    private int[] count(Shape shape) {
        return switch (shape) {
            case Container(Opening opening, List<String> parts) -> {
                int[] counts = new int[Opening.values().length];
                counts[opening.ordinal()] = parts.stream()
                        .mapToInt(part -> Arrays.stream(of(part)).max().orElse(0))
                        .reduce(1, Math::max);
                yield counts;
            }
            case Choice(List<String> alternatives) -> sum(alternatives);
        };
    }

    private int[] sum(List<String> alternatives) {
        int[] counts = new int[Opening.values().length];
        List<String> alike = new ArrayList<>();
        Map<String, Integer> byLead = new HashMap<>();
        for (String alternative : alternatives) {
            String lead = leads.get(alternative);
            if (lead == null) alike.add(alternative);
            else byLead.merge(lead, of(alternative)[Opening.OBJECT.ordinal()], Integer::sum);
        }
        for (String alternative : alike) for (int i = 0; i < counts.length; i++) counts[i] += of(alternative)[i];
        counts[Opening.OBJECT.ordinal()] +=
                byLead.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return counts;
    }

    private int[] of(String rule) {
        return readings.computeIfAbsent(rule, any -> new int[Opening.values().length]);
    }
}
