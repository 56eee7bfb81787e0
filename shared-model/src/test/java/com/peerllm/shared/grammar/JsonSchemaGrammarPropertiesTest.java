package com.peerllm.shared.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a schema's grammar allows fits the schema, as another project's validator sees it, and the other way round. */
class JsonSchemaGrammarPropertiesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Property(tries = 1500)
    void everyTextOfTheGrammarFitsTheSchema(@ForAll long seed) {
        Random random = new Random(seed);
        JsonNode schema = RandomSchema.of(random, 3).schema();
        ReadGrammar grammar = new ReadGrammar(JsonSchemaGrammar.of(schema.toString()));
        Schema validator = SCHEMAS.getSchema(schema);
        for (int i = 0; i < 5; i++) {
            String text = grammar.text(random);
            assertThat(validator.validate(
                            JSON.readTree(text),
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                    .as("%s for %s", text, schema)
                    .isEmpty();
        }
    }

    @Property(tries = 1500)
    void everyValueThatFitsIsATextOfTheGrammar(@ForAll long seed) {
        RandomSchema random = RandomSchema.of(new Random(seed), 3);
        ReadGrammar grammar =
                new ReadGrammar(JsonSchemaGrammar.of(random.schema().toString()));
        for (int i = 0; i < 5; i++) {
            String value = random.value().get();
            assertThat(grammar.accepts(value))
                    .as("%s for %s", value, random.schema())
                    .isTrue();
        }
    }
}
