package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Makes sure that no value fits two schemas of a {@code oneOf}. What can be seen: other types, other constants, or a property
 * that both require with other constants.
 */
final class Exclusion {
    private static final int MOST = 64;

    /** What tells the values of one schema from those of others: kinds, constants, and the constants of required properties. */
    private record Marks(Set<Kind> kinds, Optional<Set<Object>> constants, Map<String, Set<Object>> properties) {}

    private final JsonNode document;

    Exclusion(JsonNode document) {
        this.document = document;
    }

    void check(Alternatives alternatives) {
        if (alternatives.schemas().size() > MOST)
            throw new UnsupportedSchema("The keyword oneOf can have " + MOST + " schemas only", alternatives.at());
        List<Marks> schemas = new ArrayList<>();
        for (int i = 0; i < alternatives.schemas().size(); i++)
            marks(alternatives.schemas().get(i), Pointer.to(alternatives.at(), i))
                    .ifPresent(schemas::add);
        for (int i = 0; i < schemas.size(); i++)
            for (int j = 0; j < i; j++) if (!apart(schemas.get(i), schemas.get(j))) throw refused(alternatives.at());
    }

    /** None for a schema that no value fits. */
    private Optional<Marks> marks(JsonNode schema, String at) {
        SchemaParts parts = SchemaParts.of(document, schema, at);
        if (!parts.possible()) return Optional.empty();
        if (Alternatives.in(parts.all()).isPresent()) throw refused(at);
        Merged merged = Merged.of(parts.all());
        Map<String, Set<Object>> properties = new HashMap<>();
        merged.required.stream()
                .filter(merged.properties::containsKey)
                .forEach(name -> constants(merged.properties.get(name)).ifPresent(keys -> properties.put(name, keys)));
        return Optional.of(new Marks(merged.kinds, scalars(merged), properties));
    }

    private Optional<Set<Object>> constants(JsonNode schema) {
        SchemaParts parts = SchemaParts.of(document, schema, "");
        boolean plain = parts.possible() && Alternatives.in(parts.all()).isEmpty();
        return plain ? scalars(Merged.of(parts.all())) : Optional.empty();
    }

    /** Numbers within listed objects and arrays can be equal without being written alike, so those tell nothing apart. */
    private static Optional<Set<Object>> scalars(Merged schema) {
        return schema.constants
                .filter(values -> values.stream().noneMatch(JsonNode::isContainer))
                .map(Constants::keys);
    }

    private static boolean apart(Marks a, Marks b) {
        if (Kind.both(a.kinds, b.kinds).isEmpty()) return true;
        if (a.constants.isPresent() && b.constants.isPresent())
            return Collections.disjoint(a.constants.get(), b.constants.get());
        boolean objects = a.kinds.equals(Set.of(Kind.OBJECT)) && b.kinds.equals(Set.of(Kind.OBJECT));
        return objects
                && a.properties.keySet().stream()
                        .filter(b.properties::containsKey)
                        .anyMatch(name -> Collections.disjoint(a.properties.get(name), b.properties.get(name)));
    }

    private static UnsupportedSchema refused(String at) {
        return new UnsupportedSchema(
                "The schemas of oneOf must differ in their types or in the constant of a property that all require; use anyOf",
                at);
    }
}
