package com.peerllm.shared.grammar;

/**
 * The rules of JSON itself (RFC 8259), with bounds: blanks and digits are as many as people write, so that a model cannot fill
 * an answer with them.
 */
final class JsonRules {
    private final GrammarBuilder grammar;
    private String value = "";
    private String object = "";
    private String array = "";

    JsonRules(GrammarBuilder grammar) {
        this.grammar = grammar;
    }

    /** At most one blank, or a line break and the next line's indentation. */
    String blank() {
        return grammar.rule("blank", "( \" \" | \"\\n\" [ \\t]{0,20} )?");
    }

    /**
     * A character of a string, as itself or escaped. Escaped halves of surrogate pairs are left out: a whole pair is one
     * character of a string's length, and half a pair is none.
     */
    String character() {
        String hex = grammar.rule("hex", "[0-9a-fA-F]");
        String code = grammar.rule("code", "[0-9a-cA-CefEF] " + hex + "{3} | [dD] [0-7] " + hex + "{2}");
        return grammar.rule("char", plainCharacter() + " | \"\\\\\" ( [\"\\\\/bfnrt] | \"u\" " + code + " )");
    }

    /** A character of a string that stands for itself. */
    String plainCharacter() {
        return grammar.rule("plain", "[^\"\\\\\\x00-\\x1F\\x7F]");
    }

    String string() {
        return leaf(grammar.rule("string", "\"\\\"\" " + character() + "* \"\\\"\""), Overlap.Opening.STRING);
    }

    String integer() {
        return leaf(grammar.rule("integer", "\"-\"? ( \"0\" | [1-9] [0-9]{0,14} )"), Overlap.Opening.NUMBER);
    }

    String number() {
        String body = integer() + " ( \".\" [0-9]{1,15} )? ( [eE] [+-]? [0-9]{1,2} )?";
        return leaf(grammar.rule("number", body), Overlap.Opening.NUMBER);
    }

    String bool() {
        return leaf(grammar.rule("bool", "\"true\" | \"false\""), Overlap.Opening.WORD);
    }

    String nothing() {
        return leaf(grammar.rule("null", "\"null\""), Overlap.Opening.WORD);
    }

    /** Any object. */
    String object() {
        value();
        return object;
    }

    /** Any array. */
    String array() {
        value();
        return array;
    }

    /** Any value. */
    String value() {
        if (!value.isEmpty()) return value;
        value = grammar.reserve("value");
        String blank = blank();
        String member = grammar.rule("member", string() + " \":\" " + blank + " " + value);
        object = leaf(listOf("object", "{", member, "}"), Overlap.Opening.OBJECT);
        array = leaf(listOf("array", "[", value, "]"), Overlap.Opening.ARRAY);
        grammar.define(value, String.join(" | ", object, array, string(), number(), bool(), nothing()));
        for (Overlap.Opening opening : Overlap.Opening.values())
            grammar.overlap().leaf(value, opening);
        return value;
    }

    private String listOf(String name, String open, String part, String close) {
        String more = grammar.rule("more-" + name, "\",\" " + blank() + " " + part);
        String body =
                "\"" + open + "\" " + blank() + " ( " + part + " " + more + "* " + blank() + " )? \"" + close + "\"";
        return grammar.rule(name, body);
    }

    private String leaf(String rule, Overlap.Opening opening) {
        grammar.overlap().leaf(rule, opening);
        return rule;
    }
}
