package com.peerllm.shared.grammar;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Places in a schema: JSON pointers (RFC 6901), and the references that hold one. */
final class Pointer {
    private Pointer() {}

    static String to(String at, String name) {
        return at + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    static String to(String at, int index) {
        return at + "/" + index;
    }

    /** What a {@code $ref} means; only places in the same document can be meant. */
    static JsonNode target(JsonNode document, JsonNode reference, String at) {
        String text = reference.isString() ? reference.stringValue() : "";
        if (!text.equals("#") && !text.startsWith("#/"))
            throw new UnsupportedSchema("The keyword $ref must name a place in the same schema (#/...)", at);
        JsonNode target = document.at(JsonPointer.compile(decoded(text.substring(1), at)));
        if (target.isMissingNode()) throw new UnsupportedSchema("The keyword $ref names a place that is not there", at);
        return target;
    }

    private static String decoded(String fragment, String at) {
        try {
            return java.net.URLDecoder.decode(fragment.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedSchema("The keyword $ref is not written as a reference", at);
        }
    }
}
