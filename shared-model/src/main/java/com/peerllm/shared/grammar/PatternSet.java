package com.peerllm.shared.grammar;

import java.util.function.Function;

/** Reads a set of characters in a regular expression: {@code [a-z]}, {@code [^"]}, {@code \d}. */
final class PatternSet {
    private final int[] pattern;
    private final int end;
    private final Function<String, UnsupportedSchema> refused;
    private CharacterSet characters = new CharacterSet();
    private int position;

    private PatternSet(int[] pattern, int end, Function<String, UnsupportedSchema> refused, int position) {
        this.pattern = pattern;
        this.end = end;
        this.refused = refused;
        this.position = position;
    }

    /** @param position behind the opening bracket */
    PatternSet(int[] pattern, int position, int end, Function<String, UnsupportedSchema> refused) {
        this(pattern, end, refused, position);
        readBrackets();
    }

    /** @param position behind the backslash */
    static PatternSet escape(int[] pattern, int position, int end, Function<String, UnsupportedSchema> refused) {
        PatternSet set = new PatternSet(pattern, end, refused, position);
        set.characters = set.escaped();
        return set;
    }

    static CharacterSet anyButLineEnds() {
        return CharacterSet.of('\n')
                .with(CharacterSet.of('\r'))
                .with(CharacterSet.range(0x2028, 0x2029))
                .complement();
    }

    CharacterSet characters() {
        return characters;
    }

    /** The place behind the set. */
    int next() {
        return position;
    }

    private void readBrackets() {
        boolean negated = position < end && pattern[position] == '^';
        if (negated) position++;
        while (next("a set that does not end") != ']') {
            CharacterSet from = member();
            boolean range = position + 1 < end && pattern[position] == '-' && pattern[position + 1] != ']';
            if (range) {
                position++;
                from = between(from, member());
            }
            characters = characters.with(from);
        }
        position++;
        if (negated) characters = characters.complement();
    }

    private CharacterSet between(CharacterSet from, CharacterSet to) {
        if (from.size() != 1 || to.size() != 1 || from.first() > to.first())
            throw refused.apply("has a range whose ends are no characters in order");
        return CharacterSet.range(from.first(), to.first());
    }

    private CharacterSet member() {
        int c = next("a set that does not end");
        position++;
        if (c == '[') throw refused.apply("has a [ within a set");
        return c == '\\' ? escaped() : CharacterSet.of(c);
    }

    private CharacterSet escaped() {
        int c = next("an escape that does not end");
        position++;
        CharacterSet digits = CharacterSet.range('0', '9');
        CharacterSet word = digits.with(CharacterSet.range('a', 'z'))
                .with(CharacterSet.range('A', 'Z'))
                .with(CharacterSet.of('_'));
        CharacterSet blank = CharacterSet.range('\t', '\r').with(CharacterSet.of(' '));
        return switch (c) {
            case 'd' -> digits;
            case 'D' -> digits.complement();
            case 'w' -> word;
            case 'W' -> word.complement();
            case 's' -> blank;
            case 'S' -> notBlank();
            case 't' -> CharacterSet.of('\t');
            case 'n' -> CharacterSet.of('\n');
            case 'r' -> CharacterSet.of('\r');
            case 'f' -> CharacterSet.of('\f');
            case 'v' -> CharacterSet.of(0x0B);
            case 'x' -> CharacterSet.of(number(2));
            case 'u' -> CharacterSet.of(number(4));
            default -> {
                if (c >= 0x80 || Character.isLetterOrDigit(c))
                    throw refused.apply("has an escape that is not supported");
                yield CharacterSet.of(c);
            }
        };
    }

    /** Blank is more than ASCII in JavaScript, and less in other readers: what any of them takes for blank is left out. */
    private static CharacterSet notBlank() {
        CharacterSet blank = CharacterSet.range('\t', '\r').with(CharacterSet.range(0x1C, ' '));
        for (int other : new int[] {0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF})
            blank = blank.with(CharacterSet.of(other));
        return blank.with(CharacterSet.range(0x2000, 0x200A)).complement();
    }

    private int number(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++, position++) {
            int digit = Character.digit(next("an escape that does not end"), 16);
            if (digit < 0) throw refused.apply("has an escape that is not supported");
            value = value * 16 + digit;
        }
        if (value >= 0xD800 && value <= 0xDFFF) throw refused.apply("has half a character");
        return value;
    }

    private int next(String otherwise) {
        if (position >= end) throw refused.apply("has " + otherwise);
        return pattern[position];
    }
}
