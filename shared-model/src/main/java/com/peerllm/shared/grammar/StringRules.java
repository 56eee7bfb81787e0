package com.peerllm.shared.grammar;

import java.util.Optional;

/** The rules of strings of a length, a format or a pattern. */
final class StringRules {
    private final GrammarBuilder grammar;

    StringRules(GrammarBuilder grammar) {
        this.grammar = grammar;
    }

    /** None when no string is that long and that short at once. */
    Optional<String> string(Merged schema, String at) {
        int longest = schema.maxLength.orElse(Integer.MAX_VALUE);
        if (schema.minLength > longest) return Optional.empty();
        boolean measured = schema.minLength > 0 || schema.maxLength.isPresent();
        if (schema.pattern.isPresent() || schema.format.isPresent()) {
            if (measured || schema.pattern.isPresent() && schema.format.isPresent())
                throw new UnsupportedSchema("Of pattern, format and a length only one can be kept", at);
            return Optional.of(quoted(text(schema, at)));
        }
        if (!measured) return Optional.of(grammar.json().string());
        String most = schema.maxLength.map(Object::toString).orElse("");
        if (longest == 0) return Optional.of(quoted(""));
        return Optional.of(quoted(grammar.json().character() + "{" + schema.minLength + "," + most + "}"));
    }

    private String text(Merged schema, String at) {
        if (schema.pattern.isPresent())
            return new PatternRules(grammar, schema.pattern.get(), Pointer.to(at, "pattern")).text();
        return new StringFormats(grammar)
                .text(schema.format.orElseThrow())
                .orElseThrow(() -> new UnsupportedSchema("The format is not supported", Pointer.to(at, "format")));
    }

    private String quoted(String text) {
        String rule = grammar.rule("text", "\"\\\"\" " + text + " \"\\\"\"");
        grammar.overlap().leaf(rule, Overlap.Opening.STRING);
        return rule;
    }
}
