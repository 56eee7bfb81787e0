package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/** What form the text of an answer must have. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ResponseFormat.Text.class, name = "text"),
    @JsonSubTypes.Type(value = ResponseFormat.JsonObject.class, name = "json_object"),
    @JsonSubTypes.Type(value = ResponseFormat.JsonSchema.class, name = "json_schema"),
})
public sealed interface ResponseFormat {

    /** Any text. */
    record Text() implements ResponseFormat {}

    /** One JSON object, whatever is in it. */
    record JsonObject() implements ResponseFormat {}

    /** JSON that fits a schema. */
    record JsonSchema(String schemaJson) implements ResponseFormat {
        public JsonSchema {
            Objects.requireNonNull(schemaJson);
        }

        /** Names sizes only: a schema belongs to the prompt. */
        @Override
        public String toString() {
            return "JsonSchema[" + schemaJson.length() + " characters]";
        }
    }

    ResponseFormat TEXT = new Text();
}
