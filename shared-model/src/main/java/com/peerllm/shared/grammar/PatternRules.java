package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of strings that match a regular expression from {@code ^} to {@code $}: characters, sets, groups, alternatives and
 * repetitions. Assertions, back references and properties of characters are refused.
 */
final class PatternRules {
    private static final int MOST_NESTING = 16;

    /** Places in a pattern, repetitions counted: each can be a reading of its own (see {@link Overlap}). */
    private static final int MOST_PLACES = 512;

    /** A piece of the pattern as GBNF, whether it can be empty, and its places. */
    private record Piece(String gbnf, boolean canBeEmpty, int places) {}

    private final GrammarBuilder grammar;
    private final int[] pattern;
    private final String at;
    private int position;
    private int end;
    private int nesting;

    PatternRules(GrammarBuilder grammar, String pattern, String at) {
        this.grammar = grammar;
        this.pattern = pattern.codePoints().toArray();
        this.at = at;
    }

    /** The rule of the text between the quotes. */
    String text() {
        end = pattern.length - 1;
        boolean anchored = pattern.length >= 2 && pattern[0] == '^' && pattern[end] == '$' && !escaped(end);
        if (!anchored) throw refused("must go from ^ to $");
        position = 1;
        Piece whole = sequence();
        if (position < end) throw refused("has alternatives outside a group or a ) too many");
        return grammar.rule("pattern", whole.gbnf.isEmpty() ? "\"\"" : whole.gbnf);
    }

    private boolean escaped(int index) {
        int slashes = 0;
        while (index - 1 - slashes >= 0 && pattern[index - 1 - slashes] == '\\') slashes++;
        return slashes % 2 == 1;
    }

    private Piece sequence() {
        List<String> pieces = new ArrayList<>();
        boolean canBeEmpty = true;
        int places = 0;
        while (position < end && pattern[position] != '|' && pattern[position] != ')') {
            Piece piece = repeated(one());
            pieces.add(piece.gbnf);
            canBeEmpty &= piece.canBeEmpty;
            places += piece.places;
            if (places > MOST_PLACES) throw refused("is too large");
        }
        return new Piece(String.join(" ", pieces), canBeEmpty, places);
    }

    private Piece one() {
        int c = pattern[position++];
        return switch (c) {
            case '(' -> group();
            case '[' -> set(new PatternSet(pattern, position, end, this::refused));
            case '.' -> new Piece(rule(PatternSet.anyButLineEnds()), false, 1);
            case '\\' -> set(PatternSet.escape(pattern, position, end, this::refused));
            case '*', '+', '?', '{', '}', ']', '^', '$' ->
                throw refused("has a " + Character.toString(c) + " in a place where it is not supported");
            default -> new Piece(rule(CharacterSet.of(c)), false, 1);
        };
    }

    private Piece set(PatternSet read) {
        position = read.next();
        return new Piece(rule(read.characters()), false, 1);
    }

    private String rule(CharacterSet set) {
        if (set.isEmpty()) throw refused("has a set that nothing is in");
        return grammar.rule("set", set.asInString());
    }

    private Piece group() {
        if (++nesting > MOST_NESTING) throw refused("is nested too deep");
        if (at('?')) {
            position++;
            if (!at(':')) throw refused("has a group of a kind that is not supported");
            position++;
        }
        List<String> alternatives = new ArrayList<>();
        boolean canBeEmpty = false;
        int places = 0;
        do {
            if (!alternatives.isEmpty()) position++;
            Piece alternative = sequence();
            alternatives.add(alternative.gbnf.isEmpty() ? "\"\"" : alternative.gbnf);
            canBeEmpty |= alternative.canBeEmpty;
            places += alternative.places;
        } while (at('|'));
        if (!at(')')) throw refused("has a group that does not end");
        position++;
        nesting--;
        return new Piece(grammar.rule("group", String.join(" | ", alternatives)), canBeEmpty, places);
    }

    private Piece repeated(Piece piece) {
        if (position >= end) return piece;
        return switch (pattern[position]) {
            case '*' -> times(piece, "*", 0, 1, 1);
            case '+' -> times(piece, "+", 1, 1, 1);
            case '?' -> times(piece, "?", 0, 1, 1);
            case '{' -> counted(piece);
            default -> piece;
        };
    }

    private Piece counted(Piece piece) {
        int close = position;
        while (close < end && pattern[close] != '}') close++;
        String inside = new String(pattern, position + 1, Math.max(0, close - position - 1));
        if (!inside.matches("\\d{1,4}(,(\\d{1,4})?)?")) throw refused("has a repetition that is not written as {2,5}");
        String[] numbers = inside.split(",");
        int least = Integer.parseInt(numbers[0]);
        int most =
                inside.contains(",") ? numbers.length > 1 ? Integer.parseInt(numbers[1]) : Math.max(1, least) : least;
        if (most < least || most == 0) throw refused("has a repetition that is not written as {2,5}");
        return times(piece, "{" + inside + "}", least, most, close - position + 1);
    }

    private Piece times(Piece piece, String written, int least, int most, int length) {
        if (piece.canBeEmpty && !written.equals("?")) throw refused("repeats something that can be empty");
        position += length;
        if (at('?')) position++; // "as few as possible" allows the same texts
        long places = (long) piece.places * most;
        if (places > MOST_PLACES) throw refused("is too large");
        return new Piece(piece.gbnf + written, piece.canBeEmpty || least == 0, (int) places);
    }

    private boolean at(int character) {
        return position < end && pattern[position] == character;
    }

    private UnsupportedSchema refused(String why) {
        return new UnsupportedSchema("The pattern " + why, at);
    }
}
