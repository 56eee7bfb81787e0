package com.peerllm.shared.openai;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object of a request, each checked when it is read. {@code null} means "not set" everywhere. Every
 * error names the field by its path, and none repeats what the field said.
 */
final class Fields {
    private static final int SHOWN_NAME_LENGTH = 64;

    private final JsonNode object;
    private final String at;

    private Fields(JsonNode object, String at) {
        this.object = object;
        this.at = at;
    }

    static Fields ofBody(JsonNode body) {
        return new Fields(body, "");
    }

    /** @param at the object's path in the request, which errors show */
    static Fields of(JsonNode node, String at) {
        if (!node.isObject()) throw invalid("invalid_type", at, "'" + at + "' must be an object.");
        return new Fields(node, at);
    }

    /** The path of a field. */
    String at(String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    JsonNode node(String name) {
        return object.path(name);
    }

    boolean has(String name) {
        return !isMissing(node(name));
    }

    /** True for a field that says nothing: not set, an empty list or an empty object. */
    boolean isEmpty(String name) {
        JsonNode node = node(name);
        return isMissing(node) || (node.isContainer() && node.isEmpty());
    }

    Fields object(String name) {
        return of(node(name), at(name));
    }

    Optional<Fields> optionalObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** A field's list; a missing one is a fault like any other that is no list. */
    JsonNode list(String name) {
        JsonNode node = node(name);
        if (!node.isArray()) throw invalid("invalid_type", at(name), "'" + at(name) + "' must be a list.");
        return node;
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode node = node(name);
        if (isMissing(node)) return otherwise;
        if (!node.isBoolean()) throw invalid("invalid_type", at(name), "'" + at(name) + "' must be true or false.");
        return node.asBoolean();
    }

    Optional<String> text(String name) {
        JsonNode node = node(name);
        if (isMissing(node)) return Optional.empty();
        if (!node.isString()) throw invalid("invalid_type", at(name), "'" + at(name) + "' must be a string.");
        return Optional.of(node.asString());
    }

    String requiredText(String name) {
        return text(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> invalid(
                        "missing_required_parameter",
                        at(name),
                        "'" + at(name) + "' is needed, as a string with something in it."));
    }

    double number(String name, double least, double most, double otherwise) {
        return has(name) ? inRange(node(name), at(name), least, most) : otherwise;
    }

    static double inRange(JsonNode node, String at, double least, double most) {
        if (!node.isNumber()) throw invalid("invalid_type", at, "'" + at + "' must be a number.");
        double value = node.asDouble();
        if (!(value >= least && value <= most)) {
            throw invalid(
                    "invalid_value", at, "'" + at + "' must be from " + plain(least) + " to " + plain(most) + ".");
        }
        return value;
    }

    OptionalLong whole(String name, long least, long most) {
        JsonNode node = node(name);
        if (isMissing(node)) return OptionalLong.empty();
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw invalid("invalid_type", at(name), "'" + at(name) + "' must be a whole number.");
        }
        long value = node.asLong();
        if (value < least || value > most) {
            throw invalid("invalid_value", at(name), "'" + at(name) + "' must be from " + least + " to " + most + ".");
        }
        return OptionalLong.of(value);
    }

    /** Refuses every field that is set and not among these. */
    void refuseOthers(Set<String> known) {
        for (String name : object.propertyNames()) if (!known.contains(name) && has(name)) throw unknown(name);
    }

    /** Refuses every field that is set and neither read nor accepted, and says of the third kind that it is not supported. */
    void refuseOthers(Set<String> read, Set<String> accepted, Set<String> unsupported) {
        for (String name : object.propertyNames()) {
            if (read.contains(name) || accepted.contains(name) || !has(name)) continue;
            throw unsupported.contains(name) ? unsupported(name) : unknown(name);
        }
    }

    Iterable<String> names() {
        return object.propertyNames();
    }

    InvalidRequest unknown(String name) {
        String shown = name.length() > SHOWN_NAME_LENGTH ? name.substring(0, SHOWN_NAME_LENGTH) + "…" : name;
        return invalid("unknown_parameter", at(shown), "Unknown parameter: '" + at(shown) + "'.");
    }

    static InvalidRequest unsupported(String param) {
        return invalid("unsupported_parameter", param, "'" + param + "' is not supported by this network yet.");
    }

    static InvalidRequest invalid(String code, String param, String message) {
        return new InvalidRequest(ApiError.badRequest(code, param, message));
    }

    private static boolean isMissing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
