package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A grammar in llama.cpp's notation as the tests read it: tells whether a text follows it, and makes texts that do. */
final class ReadGrammar {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private sealed interface Node {}

    private record Text(int[] characters) implements Node {}

    private record SetOf(List<int[]> ranges, boolean negated) implements Node {
        boolean has(int c) {
            return ranges.stream().anyMatch(range -> range[0] <= c && c <= range[1]) != negated;
        }
    }

    private record Ref(String rule) implements Node {}

    private record Sequence(List<Node> parts) implements Node {}

    private record Choice(List<Node> alternatives) implements Node {}

    private record Repeat(Node node, int least, int most) implements Node {}

    private final Map<String, Node> rules = new LinkedHashMap<>();
    private final Map<Node, Integer> heights = new HashMap<>();
    private String source = "";
    private int at;

    ReadGrammar(String gbnf) {
        for (String line : gbnf.split("\n")) {
            int sign = line.indexOf(" ::= ");
            source = line.substring(sign + 5);
            at = 0;
            rules.put(line.substring(0, sign), choice());
            if (at < source.length()) throw new AssertionError("Not read to the end: " + line + " at " + at);
        }
        measure();
    }

    private Node choice() {
        List<Node> alternatives = new ArrayList<>();
        do {
            if (!alternatives.isEmpty()) at++;
            alternatives.add(sequence());
        } while (peek() == '|');
        return alternatives.size() == 1 ? alternatives.getFirst() : new Choice(alternatives);
    }

    private Node sequence() {
        List<Node> parts = new ArrayList<>();
        while (true) {
            while (peek() == ' ') at++;
            char c = peek();
            if (c == 0 || c == '|' || c == ')') return new Sequence(parts);
            parts.add(repeated(one(c)));
        }
    }

    private Node one(char c) {
        if (c == '"') return text();
        if (c == '[') return set();
        if (c == '(') {
            at++;
            Node inside = choice();
            if (source.charAt(at++) != ')') throw new AssertionError("No ) in " + source);
            return inside;
        }
        int from = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '-') at++;
        if (from == at) throw new AssertionError("Unknown: " + source.substring(at));
        return new Ref(source.substring(from, at));
    }

    private Node repeated(Node node) {
        switch (peek()) {
            case '?' -> {
                at++;
                return new Repeat(node, 0, 1);
            }
            case '*' -> {
                at++;
                return new Repeat(node, 0, UNLIMITED);
            }
            case '+' -> {
                at++;
                return new Repeat(node, 1, UNLIMITED);
            }
            case '{' -> {
                int close = source.indexOf('}', at);
                String[] numbers = source.substring(at + 1, close).split(",", -1);
                at = close + 1;
                int least = Integer.parseInt(numbers[0]);
                int most =
                        numbers.length == 1 ? least : numbers[1].isEmpty() ? UNLIMITED : Integer.parseInt(numbers[1]);
                return new Repeat(node, least, most);
            }
            default -> {
                return node;
            }
        }
    }

    private Node text() {
        at++;
        List<Integer> characters = new ArrayList<>();
        while (peek() != '"') characters.add(character());
        at++;
        return new Text(characters.stream().mapToInt(Integer::intValue).toArray());
    }

    private Node set() {
        at++;
        boolean negated = peek() == '^';
        if (negated) at++;
        List<int[]> ranges = new ArrayList<>();
        while (peek() != ']') {
            int from = character();
            int to = from;
            if (peek() == '-' && source.charAt(at + 1) != ']') {
                at++;
                to = character();
            }
            ranges.add(new int[] {from, to});
        }
        at++;
        return new SetOf(ranges, negated);
    }

    private int character() {
        int c = source.codePointAt(at);
        at += Character.charCount(c);
        if (c != '\\') return c;
        char escape = source.charAt(at++);
        return switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'x' -> hex(2);
            case 'u' -> hex(4);
            case 'U' -> hex(8);
            case '"', '\\', '[', ']' -> escape;
            default -> throw new AssertionError("Unknown escape " + escape);
        };
    }

    private int hex(int digits) {
        at += digits;
        return Integer.parseInt(source.substring(at - digits, at), 16);
    }

    private char peek() {
        return at < source.length() ? source.charAt(at) : 0;
    }

    /** Whether the whole text follows the grammar. */
    boolean accepts(String text) {
        int[] characters = text.codePoints().toArray();
        return ends(new Ref("root"), characters, 0, new HashMap<>()).contains(characters.length);
    }

    private Set<Integer> ends(Node node, int[] text, int from, Map<String, Set<Integer>> known) {
        return switch (node) {
            case Text(int[] characters) -> {
                for (int i = 0; i < characters.length; i++)
                    if (from + i >= text.length || text[from + i] != characters[i]) yield Set.of();
                yield Set.of(from + characters.length);
            }
            case SetOf set -> from < text.length && set.has(text[from]) ? Set.of(from + 1) : Set.of();
            case Ref(String rule) -> {
                String key = rule + "@" + from;
                Set<Integer> ends = known.get(key);
                if (ends == null) {
                    ends = ends(rules.get(rule), text, from, known);
                    known.put(key, ends);
                }
                yield ends;
            }
            case Sequence(List<Node> parts) -> {
                Set<Integer> ends = Set.of(from);
                for (Node part : parts) ends = all(part, text, ends, known);
                yield ends;
            }
            case Choice(List<Node> alternatives) -> {
                Set<Integer> ends = new HashSet<>();
                for (Node alternative : alternatives) ends.addAll(ends(alternative, text, from, known));
                yield ends;
            }
            case Repeat(Node part, int least, int most) -> {
                Set<Integer> ends = new HashSet<>();
                Set<Integer> now = Set.of(from);
                for (int times = 0; times <= most && !now.isEmpty(); times++) {
                    if (times >= least && !ends.addAll(now)) break;
                    now = all(part, text, now, known);
                }
                yield ends;
            }
        };
    }

    private Set<Integer> all(Node part, int[] text, Set<Integer> starts, Map<String, Set<Integer>> known) {
        Set<Integer> ends = new HashSet<>();
        for (int start : starts) ends.addAll(ends(part, text, start, known));
        return ends;
    }

    /** A text that follows the grammar. */
    String text(Random random) {
        StringBuilder out = new StringBuilder();
        write(new Ref("root"), random, out, 0);
        return out.toString();
    }

    private void write(Node node, Random random, StringBuilder out, int depth) {
        switch (node) {
            case Text(int[] characters) -> {
                for (int c : characters) out.appendCodePoint(c);
            }
            case SetOf set -> out.appendCodePoint(some(set, random));
            case Ref(String rule) -> write(rules.get(rule), random, out, depth + 1);
            case Sequence(List<Node> parts) -> parts.forEach(part -> write(part, random, out, depth));
            case Choice(List<Node> alternatives) -> write(pick(alternatives, random, depth), random, out, depth);
            case Repeat(Node part, int least, int most) -> {
                int times = least;
                while (times < most && depth < 30 && random.nextInt(4) > 0) times++;
                if (most - least > 1 && random.nextInt(10) == 0 && most < 50 && depth < 30) times = most;
                for (int i = 0; i < times; i++) write(part, random, out, depth);
            }
        }
    }

    private Node pick(List<Node> alternatives, Random random, int depth) {
        if (depth < 30) return alternatives.get(random.nextInt(alternatives.size()));
        return alternatives.stream()
                .min(java.util.Comparator.comparingInt(this::height))
                .orElseThrow();
    }

    private static int some(SetOf set, Random random) {
        int[] usual = {'a', 'Z', '7', ' ', '"', '\\', '/', 0xE9, 0x20AC, 0x1F600, '\n', '~', '{', '0'};
        while (true) {
            int c = usual[random.nextInt(usual.length)];
            if (!set.negated()) {
                int[] range = set.ranges().get(random.nextInt(set.ranges().size()));
                c = range[0] + random.nextInt(range[1] - range[0] + 1);
                if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) continue;
            }
            if (set.has(c)) return c;
        }
    }

    /** How deep the shallowest text of each rule is, so that a text of a recursive grammar comes to an end. */
    private void measure() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Node rule : rules.values()) {
                int height = compute(rule);
                if (height < heights.getOrDefault(rule, UNLIMITED)) {
                    heights.put(rule, height);
                    changed = true;
                }
            }
        }
    }

    private int height(Node node) {
        return compute(node);
    }

    private int compute(Node node) {
        return switch (node) {
            case Text text -> 0;
            case SetOf set -> 0;
            case Ref(String rule) -> {
                int height = heights.getOrDefault(rules.get(rule), UNLIMITED);
                yield height == UNLIMITED ? UNLIMITED : height + 1;
            }
            case Sequence(List<Node> parts) ->
                parts.stream().mapToInt(this::compute).max().orElse(0);
            case Choice(List<Node> alternatives) ->
                alternatives.stream().mapToInt(this::compute).min().orElse(0);
            case Repeat(Node part, int least, int most) -> least == 0 ? 0 : compute(part);
        };
    }
}
