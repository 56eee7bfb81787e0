package com.peerllm.shared.grammar;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the text of a schema, which a stranger wrote, within bounds. */
final class SchemaText {
    static final int MOST_CHARACTERS = 256 * 1024;
    private static final int MOST_NESTING = 64;
    private static final int LONGEST_NUMBER = 64;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_NESTING)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SchemaText() {}

    static JsonNode read(String schemaJson) {
        if (schemaJson.length() > MOST_CHARACTERS)
            throw new UnsupportedSchema("The schema is longer than " + MOST_CHARACTERS + " characters", "");
        try {
            return JSON.readTree(schemaJson);
        } catch (JacksonException e) {
            // The parser's own words may quote the schema, so neither they nor the exception go on.
            throw new UnsupportedSchema("The schema is not JSON, names a property twice or is nested too deep", "");
        }
    }
}
