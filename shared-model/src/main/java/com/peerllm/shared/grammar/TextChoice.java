package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** One of several texts, written so that no two alternatives begin alike: llama.cpp follows each that does. */
final class TextChoice {
    private final GrammarBuilder grammar;

    TextChoice(GrammarBuilder grammar) {
        this.grammar = grammar;
    }

    /** The rule of these texts, of which there is at least one. */
    String rule(List<String> texts) {
        return rule(new ArrayList<>(new TreeSet<>(texts)), 0);
    }

    /** @param sorted texts that are alike up to {@code from} */
    private String rule(List<String> sorted, int from) {
        List<String> alternatives = new ArrayList<>();
        for (int i = 0; i < sorted.size(); ) {
            int next = i + 1;
            if (sorted.get(i).length() > from)
                while (next < sorted.size()
                        && sorted.get(next).codePointAt(from) == sorted.get(i).codePointAt(from)) next++;
            alternatives.add(branch(sorted.subList(i, next), from));
            i = next;
        }
        return grammar.rule("choice", String.join(" | ", alternatives));
    }

    private String branch(List<String> alike, int from) {
        String first = alike.getFirst();
        if (alike.size() == 1) return GrammarBuilder.literal(first.substring(from));
        int to = common(first, alike.getLast());
        return GrammarBuilder.literal(first.substring(from, to)) + " " + rule(alike, to);
    }

    private static int common(String a, String b) {
        int length = 0;
        while (length < a.length() && length < b.length() && a.codePointAt(length) == b.codePointAt(length))
            length += Character.charCount(a.codePointAt(length));
        return length;
    }
}
