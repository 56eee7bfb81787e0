package com.peerllm.orchestrator.api;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code docs/openapi.yaml}, or the one of the administration, as a judge: says what in a request or an answer does not stand in it. */
public final class OpenApiDocument {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** Headers of these beginnings are the endpoint's own and must be in the document; others are HTTP's. */
    private static final List<String> OWN_HEADERS = List.of("x-", "openai-", "retry-after", "idempotent-");

    private final JsonNode document;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    private OpenApiDocument(JsonNode document) {
        this.document = document;
    }

    /** What consumers use. */
    public static OpenApiDocument read() {
        return read("openapi.yaml");
    }

    /** What administrators use. */
    public static OpenApiDocument readAdministration() {
        return read("openapi-admin.yaml");
    }

    private static OpenApiDocument read(String name) {
        try {
            String yaml = Files.readString(Path.of("..", "docs", name));
            Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            return new OpenApiDocument(JSON.valueToTree(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Method and path of every operation: {@code GET /v1/models}. */
    public List<String> operations() {
        List<String> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method ->
                                operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /**
     * One answer with its request.
     *
     * @param template the path as the document has it
     */
    public record Exchanged(
            String method,
            String template,
            Optional<String> requestBody,
            int status,
            String contentType,
            Map<String, String> headers,
            String body) {
        String name() {
            return method + " " + template + " " + status;
        }
    }

    /** What is not as the document says; a request that was refused may break it. */
    public List<String> faults(Exchanged exchanged) {
        JsonNode operation = document.path("paths")
                .path(exchanged.template())
                .path(exchanged.method().toLowerCase(java.util.Locale.ROOT));
        if (operation.isMissingNode()) return List.of(exchanged.name() + ": no such operation");
        JsonNode response = resolved(operation.path("responses").path(Integer.toString(exchanged.status())));
        if (response.isMissingNode()) return List.of(exchanged.name() + ": no such status; " + exchanged.body());
        List<String> faults = new ArrayList<>(headerFaults(response, exchanged));
        String type = exchanged.contentType().split(";")[0];
        JsonNode schema = response.path("content").path(type).path("schema");
        if (exchanged.body().isEmpty() && response.path("content").isMissingNode()) {
            // Nothing was promised, and nothing came.
        } else if (schema.isMissingNode()) {
            faults.add("no such content type: " + type);
        } else {
            answers(exchanged, type).forEach(each -> faults.addAll(faults(schema, each)));
        }
        if (exchanged.status() == 200) {
            JsonNode asked = operation
                    .path("requestBody")
                    .path("content")
                    .path("application/json")
                    .path("schema");
            exchanged
                    .requestBody()
                    .filter(body -> !body.isEmpty() && !asked.isMissingNode())
                    .ifPresent(body -> faults.addAll(faults(asked, JSON.readTree(body))));
        }
        return faults.stream().map(fault -> exchanged.name() + ": " + fault).toList();
    }

    private static List<JsonNode> answers(Exchanged exchanged, String type) {
        if (type.equals("application/x-ndjson"))
            return exchanged.body().lines().map(JSON::readTree).toList();
        if (type.equals("application/json")) return List.of(JSON.readTree(exchanged.body()));
        if (!type.equals("text/event-stream"))
            return List.of(JSON.getNodeFactory().stringNode(exchanged.body()));
        return exchanged
                .body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> event(line.substring(6)))
                .toList();
    }

    private static JsonNode event(String data) {
        try {
            return JSON.readTree(data);
        } catch (JacksonException e) {
            return JSON.getNodeFactory().stringNode(data);
        }
    }

    private List<String> headerFaults(JsonNode response, Exchanged exchanged) {
        List<String> faults = new ArrayList<>();
        JsonNode known = response.path("headers");
        exchanged.headers().forEach((name, value) -> {
            boolean own = OWN_HEADERS.stream().anyMatch(name::startsWith);
            if (own && !known.has(name)) faults.add("undocumented header " + name);
            if (known.has(name)) {
                JsonNode schema = resolved(known.path(name)).path("schema");
                faults.addAll(faults(schema, JSON.getNodeFactory().stringNode(value)));
            }
        });
        known.properties().forEach(header -> {
            boolean required = resolved(header.getValue()).path("required").asBoolean(false);
            if (required && !exchanged.headers().containsKey(header.getKey()))
                faults.add("header " + header.getKey() + " is missing");
        });
        return faults;
    }

    private List<String> faults(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    /** The whole document stands around the schema, so that its references lead somewhere. */
    private Schema compiled(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", document.path("components"));
        whole.set("allOf", JSON.createArrayNode().add(schema));
        return SCHEMAS.getSchema(whole);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    /** References that lead nowhere, and components that nothing refers to. */
    public List<String> looseEnds() {
        TreeSet<String> used = new TreeSet<>();
        document.findValues("$ref").forEach(ref -> used.add(ref.asString()));
        TreeSet<String> there = new TreeSet<>();
        Stream.of("schemas", "headers", "parameters", "responses")
                .forEach(kind -> document.path("components")
                        .path(kind)
                        .propertyNames()
                        .forEach(name -> there.add("#/components/" + kind + "/" + name)));
        List<String> loose = new ArrayList<>();
        used.stream().filter(ref -> !there.contains(ref)).forEach(ref -> loose.add("nothing is at " + ref));
        there.stream().filter(ref -> !used.contains(ref)).forEach(ref -> loose.add("nothing refers to " + ref));
        return loose;
    }
}
