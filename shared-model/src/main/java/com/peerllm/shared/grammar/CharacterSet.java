package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A set of Unicode characters. */
final class CharacterSet {
    private static final int ALL = Character.MAX_CODE_POINT + 1;
    private static final String NAMED_ESCAPES = "\b\t\n\f\r\"\\";
    private static final String ESCAPE_NAMES = "btnfr\"\\";

    private final BitSet characters = new BitSet();

    static CharacterSet of(int character) {
        return range(character, character);
    }

    static CharacterSet range(int first, int last) {
        CharacterSet set = new CharacterSet();
        set.characters.set(first, last + 1);
        return set;
    }

    CharacterSet with(CharacterSet other) {
        CharacterSet both = new CharacterSet();
        both.characters.or(characters);
        both.characters.or(other.characters);
        return both;
    }

    CharacterSet complement() {
        CharacterSet rest = new CharacterSet();
        rest.characters.or(characters);
        rest.characters.flip(0, ALL);
        rest.characters.clear(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1);
        return rest;
    }

    boolean isEmpty() {
        return characters.isEmpty();
    }

    int size() {
        return characters.cardinality();
    }

    int first() {
        return characters.nextSetBit(0);
    }

    /** One of these characters as it is written in a JSON string, as GBNF. */
    String asInString() {
        List<String> alternatives = new ArrayList<>();
        String plain = plain();
        if (!plain.isEmpty()) alternatives.add("[" + plain + "]");
        for (int c = characters.nextSetBit(0); c >= 0 && c <= '\\'; c = characters.nextSetBit(c + 1))
            if (c < ' ' || c == '"' || c == '\\') alternatives.add(Gbnf.literal(escape(c)));
        return String.join(" | ", alternatives);
    }

    private String plain() {
        BitSet plain = (BitSet) characters.clone();
        plain.clear(0, ' ');
        plain.clear('"');
        plain.clear('\\');
        StringBuilder ranges = new StringBuilder();
        for (int from = plain.nextSetBit(0); from >= 0; ) {
            int to = plain.nextClearBit(from);
            ranges.append(Gbnf.range(from, to - 1));
            from = plain.nextSetBit(to);
        }
        return ranges.toString();
    }

    private static String escape(int c) {
        int named = NAMED_ESCAPES.indexOf(c);
        return named >= 0 ? "\\" + ESCAPE_NAMES.charAt(named) : String.format("\\u%04x", c);
    }
}
