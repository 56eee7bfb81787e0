package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.peerllm.shared.openai.ResponseFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The starter model knows nothing of JSON; held to a schema, it writes nothing else, at any temperature. */
class SchemasOfAnswersTest {
    private static final int SEEDS = 50;
    private static final GenerationRequest OWL =
            GenerationRequest.of(ask("Tell me a story about an owl and a map.")).atMost(150);

    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = TestEngines.ready(TestEngines.starterOptions());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
            {"type":"object","required":["name","age"],"additionalProperties":false,
             "properties":{"name":{"type":"string","maxLength":12},"age":{"type":"integer","minimum":0,"maximum":120},
                           "owl":{"type":"boolean"}}}""",
                """
            {"type":"array","minItems":2,"maxItems":4,
             "items":{"anyOf":[{"enum":["map","maps","owl"]},{"type":"number","exclusiveMinimum":0,"maximum":1}]}}""",
                """
            {"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","required":["at"],
             "properties":{"at":{"type":"string","format":"date-time"},"sub":{"type":"array","items":{"$ref":"#/$defs/tree"}}}}}}""",
                """
            {"type":"object","properties":{"code":{"type":"string","pattern":"^[A-Z]{2}(-\\\\d{1,3})+$"}},"required":["code"],
             "additionalProperties":{"type":["string","null"],"maxLength":5}}""",
            })
    void everyAnswerThatEndedFitsItsSchema(String schema) {
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        List<HeardAnswer> heard = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            HeardAnswer one = new HeardAnswer();
            heard.add(one);
            Sampling lively = Sampling.of(1.5).withSeed(seed);
            engine.generate(OWL.with(lively).in(new ResponseFormat.JsonSchema(schema)), one);
        }
        int ended = 0;
        for (HeardAnswer one : heard) {
            String text = one.text();
            if (one.finish().reason() != Finish.Reason.STOP) continue;
            ended++;
            assertThat(validator.validate(
                            text,
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                    .as(text)
                    .isEmpty();
        }
        assertThat(ended).isGreaterThan(SEEDS / 5);
    }

    @Test
    void anAnswerEndsWithItsFormAndNotWithTheModelsWish() {
        HeardAnswer heard = answer(engine, OWL.in(new ResponseFormat.JsonSchema("{\"enum\":[\"owl\",\"map\"]}")));

        assertThat(heard.text()).isIn("\"owl\"", "\"map\"");
        assertThat(heard.finish().reason()).isEqualTo(Finish.Reason.STOP);
    }

    @Test
    void aSchemaThatCannotBeKeptIsASentence() {
        HeardAnswer heard =
                answer(engine, OWL.in(new ResponseFormat.JsonSchema("{\"not\":{\"const\":\"secretWord\"}}")));

        assertThat(heard.failure().code()).isEqualTo(EngineErrorCode.BAD_REQUEST);
        assertThat(heard.failure().sentence()).contains("keyword not").doesNotContain("secretWord");
    }
}
