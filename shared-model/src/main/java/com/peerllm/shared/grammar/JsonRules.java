package com.peerllm.shared.grammar;

/**
 * The rules of JSON itself (RFC 8259), with bounds: blanks and digits are as many as people write, so that a model cannot fill
 * an answer with them.
 */
final class JsonRules {
    private final GrammarBuilder grammar;

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
        return grammar.rule("char", "[^\"\\\\\\x00-\\x1F\\x7F] | \"\\\\\" ( [\"\\\\/bfnrt] | \"u\" " + code + " )");
    }

    String string() {
        return grammar.rule("string", "\"\\\"\" " + character() + "* \"\\\"\"");
    }

    String integer() {
        return grammar.rule("integer", "\"-\"? ( \"0\" | [1-9] [0-9]{0,14} )");
    }

    String number() {
        return grammar.rule("number", integer() + " ( \".\" [0-9]{1,15} )? ( [eE] [+-]? [0-9]{1,2} )?");
    }

    String bool() {
        return grammar.rule("bool", "\"true\" | \"false\"");
    }

    String nothing() {
        return grammar.rule("null", "\"null\"");
    }

    /** Any object. */
    String object() {
        value();
        return "object";
    }

    /** Any array. */
    String array() {
        value();
        return "array";
    }

    /** Any value; any object and any array come with it. */
    String value() {
        String name = "value";
        if (grammar.has(name)) return name;
        grammar.reserve(name);
        String blank = blank();
        String member = grammar.rule("member", string() + " \":\" " + blank + " value");
        String object = grammar.rule(
                "object",
                "\"{\" " + blank + " ( " + member + " ( \",\" " + blank + " " + member + " )* )? " + blank + " \"}\"");
        String array = grammar.rule(
                "array", "\"[\" " + blank + " ( value ( \",\" " + blank + " value )* )? " + blank + " \"]\"");
        grammar.define(name, String.join(" | ", object, array, string(), number(), bool(), nothing()));
        return name;
    }
}
