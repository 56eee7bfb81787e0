package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of properties that a schema does not mention, with their quotes. They are written without escapes, so that none is a
 * mentioned name in other letters.
 */
final class OtherNames {
    private static final int MOST_CHARACTERS = 5000;
    private static final int LONGEST = 256;
    private static final String PLAIN_EXCEPT = "[^\"\\\\\\x00-\\x1F\\x7F";

    private final GrammarBuilder grammar;

    OtherNames(GrammarBuilder grammar) {
        this.grammar = grammar;
    }

    String rule(Set<String> mentioned, String at) {
        if (mentioned.stream().mapToInt(String::length).sum() > MOST_CHARACTERS)
            throw new UnsupportedSchema(
                    "Beside additionalProperties, the names of all properties can have " + MOST_CHARACTERS
                            + " characters only",
                    at);
        if (mentioned.stream().anyMatch(name -> name.length() > LONGEST))
            throw new UnsupportedSchema(
                    "Beside additionalProperties, names can have " + LONGEST + " characters only", at);
        String name = after(new ArrayList<>(new TreeSet<>(mentioned)), 0);
        return grammar.rule("other-name", "\"\\\"\" " + name);
    }

    /** What follows a beginning that these sorted names share. */
    private String after(List<String> sorted, int from) {
        boolean mentioned = !sorted.isEmpty() && sorted.getFirst().length() == from;
        List<String> longer = mentioned ? sorted.subList(1, sorted.size()) : sorted;
        StringBuilder next = new StringBuilder();
        List<String> alternatives = new ArrayList<>();
        for (int i = 0; i < longer.size(); ) {
            int c = longer.get(i).codePointAt(from);
            int to = i + 1;
            while (to < longer.size() && longer.get(to).codePointAt(from) == c) to++;
            next.append(Gbnf.inSet(c));
            if (c >= ' ' && c != '"' && c != '\\' && c != 0x7F)
                alternatives.add(
                        "[" + Gbnf.inSet(c) + "] " + after(longer.subList(i, to), from + Character.charCount(c)));
            i = to;
        }
        String rest = grammar.rule("name-rest", grammar.json().plainCharacter() + "* \"\\\"\"");
        alternatives.add(PLAIN_EXCEPT + next + "] " + rest);
        if (!mentioned) alternatives.add("\"\\\"\"");
        return grammar.rule("name", String.join(" | ", alternatives));
    }
}
