package com.peerllm.orchestrator.api;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The JSON object of an administration request; every field is read by name, and {@link #done} refuses those that are left. */
final class AdminBody {
    private final JsonNode object;
    private final String at;
    private final Set<String> known = new HashSet<>();

    private AdminBody(JsonNode object, String at) {
        this.object = object;
        this.at = at;
    }

    static AdminBody read(byte[] body) {
        JsonNode root = Exchange.parse(body);
        if (!root.isObject()) {
            throw new InvalidRequest(ApiError.badRequest("invalid_json", null, "The body is one JSON object."));
        }
        return new AdminBody(root, "");
    }

    private JsonNode node(String name) {
        known.add(name);
        return object.path(name);
    }

    boolean has(String name) {
        JsonNode node = node(name);
        return !node.isMissingNode() && !node.isNull();
    }

    /** Whether a field is there and {@code null}. */
    boolean isNull(String name) {
        return node(name).isNull();
    }

    String text(String name) {
        if (!has(name)) throw missing(name);
        JsonNode node = node(name);
        if (!node.isString()) throw wrong("invalid_type", name, "must be a string");
        return node.asString();
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** False when it is not there. */
    boolean optionalFlag(String name) {
        if (!has(name)) return false;
        JsonNode node = node(name);
        if (!node.isBoolean()) throw wrong("invalid_type", name, "must be true or false");
        return node.asBoolean();
    }

    long number(String name) {
        if (!has(name)) throw missing(name);
        JsonNode node = node(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong())
            throw wrong("invalid_type", name, "must be a whole number");
        return node.asLong();
    }

    OptionalInt optionalInt(String name) {
        if (!has(name)) return OptionalInt.empty();
        long number = number(name);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE)
            throw wrong("invalid_value", name, "is out of range");
        return OptionalInt.of((int) number);
    }

    Credits amount(String name) {
        return new Credits(number(name));
    }

    Optional<Instant> optionalTime(String name) {
        return optionalText(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw wrong("invalid_value", name, "must be a time such as 2027-01-31T00:00:00Z");
            }
        });
    }

    Optional<List<String>> optionalTexts(String name) {
        if (!has(name)) return Optional.empty();
        JsonNode node = node(name);
        if (!node.isArray()) throw wrong("invalid_type", name, "must be a list of strings");
        List<String> texts = new ArrayList<>();
        for (JsonNode each : node) {
            if (!each.isString()) throw wrong("invalid_type", name, "must be a list of strings");
            texts.add(each.asString());
        }
        return Optional.of(texts);
    }

    Optional<AdminBody> optionalObject(String name) {
        if (!has(name)) return Optional.empty();
        if (!node(name).isObject()) throw wrong("invalid_type", name, "must be an object");
        return Optional.of(new AdminBody(node(name), path(name) + "."));
    }

    /** A list of objects, each with fields of its own. */
    List<AdminBody> objects(String name) {
        if (!has(name)) throw missing(name);
        JsonNode node = node(name);
        if (!node.isArray()) throw wrong("invalid_type", name, "must be a list of objects");
        List<AdminBody> objects = new ArrayList<>();
        for (JsonNode each : node) {
            if (!each.isObject()) throw wrong("invalid_type", name, "must be a list of objects");
            objects.add(new AdminBody(each, path(name) + "[" + objects.size() + "]."));
        }
        return objects;
    }

    /** Makes something of a field; a value that cannot be names the field in the error. */
    <T, R> R as(String name, T value, Function<T, R> make) {
        try {
            return make.apply(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(ApiError.badRequest("invalid_value", path(name), e.getMessage() + "."));
        }
    }

    /** Refuses a field that nobody asked for. */
    void done() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
                throw new InvalidRequest(ApiError.badRequest(
                        "unknown_parameter", path(shown), "There is no field '" + path(shown) + "' here."));
            }
        }
    }

    private InvalidRequest missing(String name) {
        return new InvalidRequest(
                ApiError.badRequest("missing_required_parameter", path(name), "'" + path(name) + "' is required."));
    }

    private InvalidRequest wrong(String code, String name, String what) {
        return new InvalidRequest(ApiError.badRequest(code, path(name), "'" + path(name) + "' " + what + "."));
    }

    private String path(String name) {
        return at + name;
    }
}
