package com.peerllm.shared.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which texts the grammar of a schema allows, and which schemas are refused, by name. */
class JsonSchemaGrammarTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"string"}                                             | "a\\u00e9\\n"         | "a\\ud800"
            {"type":"string","minLength":2,"maxLength":3}                 | "a\\n"                | "a"
            {"type":"integer","minimum":-12,"exclusiveMaximum":105}       | 104                   | 105
            {"type":"integer","minimum":-9007199254740991,"maximum":9007199254740991} | 123456789012345 | 1.5
            {"type":"number","minimum":-1e30,"maximum":1e30}              | -999999999.5          | true
            {"type":"number","maximum":-999999999}                        | -999999999.5          | -999999998
            {"type":"integer","minimum":-12}                              | -12                   | -13
            {"type":"integer","exclusiveMinimum":0.5,"maximum":2.5}       | 1                     | 0
            {"type":"number","exclusiveMinimum":0,"maximum":1}            | 0.000001              | 0
            {"type":"number","minimum":-1,"exclusiveMaximum":1}           | -0.5                  | -1.5
            {"type":["string","null"]}                                    | null                  | 1
            {"type":"string","nullable":true}                             | null                  | true
            {"type":"integer","enum":[1,2,"3"]}                           | 2                     | "3"
            {"const":{"a":[1,null]}}                                      | {"a":[1,null]}        | {"a":[1]}
            {"type":"array","items":{"type":"null"},"minItems":1}         | [null,null]           | []
            {"type":"array","items":false}                                | []                    | [1]
            {"prefixItems":[{"const":1},{"const":2}],"minItems":1}        | [1,2]                 | [1,2,3]
            {"prefixItems":[{"const":1}],"items":{"const":2}}             | [1,2,2]               | [2]
            {"type":"object","properties":{}}                             | {}                    | {"a":1}
            {"type":"object"}                                             | {"a":[{}]}            | []
            {"properties":{"a":{"type":"null"}}}                          | {"a":null}            | {"b":null}
            {"properties":{"a":{"type":"null"}},"additionalProperties":true} | {"a":null, "b":1}  | {"a":null, "a":1}
            {"properties":{"a":{"type":"null"}},"required":["b","a"]}     | {"a":null,"b":[1]}    | {"a":null}
            {"properties":{"a":false,"b":{"type":"null"}}}                | {"b":null}            | {"a":null}
            {"additionalProperties":{"type":"integer"}}                   | {"x":1,"y":2}         | {"x":"1"}
            {"anyOf":[{"type":"null"},{"const":7}]}                       | 7                     | 8
            {"type":"integer","anyOf":[{"minimum":5},{"type":"string"}]}  | 6                     | 4
            {"oneOf":[{"type":"null"},{"type":"boolean"}]}                | true                  | 1
            {"allOf":[{"minimum":3},{"type":"integer"},{"maximum":4}]}    | 4                     | 5
            {"allOf":[{"type":"number"},{"type":"integer"}]}              | 4                     | 4.5
            {"$ref":"#/$defs/a~1b","$defs":{"a/b":{"const":"x"}}}         | "x"                   | "y"
            {"$ref":"#/$defs/a%20b","$defs":{"a b":{"const":"x"}}}        | "x"                   | "y"
            {"type":"string","format":"date"}                             | "2000-02-29"          | "1900-02-29"
            {"type":"string","pattern":"^a{2,3}$"}                        | "aaa"                 | "aaaa"
            {"type":"integer","format":"int32"}                           | -2147483648           | 2147483648
            {"$ref":"#"}                                                  | 1                     | x
            true                                                          | [1,{"a":"b"}]         | [1,]
            {"title":"t","description":"d","default":1,"examples":[2],"const":3,"$comment":"c"} | 3 | 1
            """)
    void allowsWhatFitsAndNothingElse(String schema, String fitting, String other) {
        ReadGrammar grammar = new ReadGrammar(JsonSchemaGrammar.of(schema));

        assertThat(grammar.accepts(fitting)).isTrue();
        assertThat(grammar.accepts(other)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"not":{}}                                                    | keyword not is        | /not
            {"properties":{"a":{"uniqueItems":true}}}                     | keyword uniqueItems   | /properties/a/uniqueItems
            {"items":{"multipleOf":2}}                                    | keyword multipleOf    | /items/multipleOf
            {"patternProperties":{}}                                      | patternProperties     | /patternProperties
            {"if":{},"then":{}}                                           | keyword if            | /if
            {"secretWord":1}                                              | A keyword is not      | /secretWord
            {"$ref":"http://example.com/schema"}                          | $ref must name        | /$ref
            {"$ref":"#/$defs/none"}                                       | not there             | /$ref
            {"anyOf":[{"$ref":"#"},{"type":"null"}]}                      | begin alike           | ``
            {"anyOf":[{"$ref":"#"}]}                                      | nothing but itself    | /anyOf/0
            {"type":"text"}                                               | names no type         | /type
            {"type":"string","maxLength":2001}                            | up to 2000            | /maxLength
            {"type":"string","format":"uri"}                              | format                | /format
            {"type":"string","pattern":"a+"}                              | from ^ to $           | /pattern
            {"type":"string","pattern":"^(a?)*$"}                         | can be empty          | /pattern
            {"type":"string","pattern":"^(?=a)b$"}                        | group of a kind       | /pattern
            {"type":"string","pattern":"^[a-z]{513}$"}                    | too large             | /pattern
            {"type":"string","pattern":"^a$","maxLength":3}               | only one              | ``
            {"type":"number","minimum":0.5}                               | whole numbers         | ``
            {"type":"integer","minimum":1e15}                             | up to 999999999999999 | ``
            {"type":"integer","minimum":3,"maximum":2}                    | No value fits         | ``
            {"enum":[]}                                                   | No value fits         | ``
            false                                                         | No value fits         | ``
            {"type":"string","enum":["a"],"pattern":"^a$"}                | cannot be checked     | ``
            {"oneOf":[{"type":"string"},{"type":"string"}]}               | must differ           | /oneOf
            {"type":"object","minProperties":1}                           | minProperties         | ``
            {"properties":{"a":{"$id":"x"}}}                              | keyword $id           | /properties/a/$id
            [1]                                                           | must be an object     | ``
            {"a":1,"a":2}                                                 | names a property twice| ``
            {"a":                                                         | not JSON              | ``
            """)
    void refusesByNameWhatItCannotKeep(String schema, String reason, String pointer) {
        UnsupportedSchema refused = catchThrowableOfType(UnsupportedSchema.class, () -> JsonSchemaGrammar.of(schema));

        assertThat(refused.reason()).contains(reason).doesNotContain("secretWord");
        assertThat(refused.pointer()).isEqualTo(pointer == null ? "" : pointer);
    }

    @Test
    void aSchemaMayContainItself() {
        ReadGrammar tree = new ReadGrammar(JsonSchemaGrammar.of("""
                {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","required":["value","next"],"additionalProperties":false,
                 "properties":{"value":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}}}}}"""));

        assertThat(tree.accepts("{\"value\":1,\"next\":{\"value\":2,\"next\":null}}"))
                .isTrue();
        assertThat(tree.accepts("{\"value\":1,\"next\":{\"value\":2}}")).isFalse();
    }

    @Test
    void recursiveAlternativesMustBeginWithConstantsOfTheirOwn() {
        String term = "{\"$defs\":{\"t\":{\"anyOf\":[%s,%s,{\"type\":\"number\"}]}},\"$ref\":\"#/$defs/t\"}";
        String object =
                "{\"type\":\"object\",\"required\":[\"op\",\"of\"],\"properties\":{\"op\":%s,\"of\":{\"$ref\":\"#/$defs/t\"}}}";
        String apart = term.formatted(object.formatted("{\"const\":\"neg\"}"), object.formatted("{\"const\":\"abs\"}"));
        String alike =
                term.formatted(object.formatted("{\"type\":\"string\"}"), object.formatted("{\"type\":\"null\"}"));

        assertThat(new ReadGrammar(JsonSchemaGrammar.of(apart))
                        .accepts("{\"op\":\"abs\",\"of\":{\"op\":\"neg\",\"of\":1}}"))
                .isTrue();
        assertThatThrownBy(() -> JsonSchemaGrammar.of(alike)).hasMessageContaining("begin alike");
    }

    @Test
    void oneOfIsKeptWhereAConstantTellsTheSchemasApart() {
        ReadGrammar grammar = new ReadGrammar(JsonSchemaGrammar.of("""
                {"oneOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},
                          {"type":"object","properties":{"kind":{"enum":["b","c"]}},"required":["kind"]}]}"""));

        assertThat(grammar.accepts("{\"kind\": \"c\"}")).isTrue();
        assertThat(grammar.accepts("{\"kind\": \"d\"}")).isFalse();
    }

    /** Schemas that a stranger might send to keep a computer busy. */
    @Test
    void hostileSchemasEndAtOnce() {
        List<String> schemas = new ArrayList<>();
        schemas.add("[".repeat(100_000));
        schemas.add("{\"allOf\":[".repeat(30) + "{}" + "]}".repeat(30));
        schemas.add("{\"allOf\":["
                + repeat(40, i -> "{\"anyOf\":[" + repeat(20, j -> "{\"minimum\":" + (i * 20 + j) + "}") + "]}")
                + "]}");
        schemas.add(defs(
                60,
                i -> "{\"anyOf\":[{\"$ref\":\"#/$defs/d" + (i + 1) + "\"},{\"$ref\":\"#/$defs/d" + (i + 1)
                        + "\",\"minLength\":" + i + "}]}"));
        schemas.add(defs(
                60,
                i -> "{\"allOf\":[{\"$ref\":\"#/$defs/d" + (i + 1) + "\"},{\"allOf\":[{\"$ref\":\"#/$defs/d" + (i + 1)
                        + "\"}]}]}"));
        schemas.add(defs(500, i -> "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}}"));
        schemas.add("{\"type\":\"object\",\"properties\":{" + repeat(5000, i -> "\"p" + i + "\":{}") + "}}");
        schemas.add("{\"type\":\"object\",\"properties\":{"
                + repeat(100, i -> "\"p" + i + "\":{\"type\":\"string\",\"maxLength\":" + (1900 + i) + "}") + "}}");
        schemas.add("{\"enum\":[" + repeat(20_000, Integer::toString) + "]}");
        schemas.add("{\"type\":\"string\",\"pattern\":\"^" + "(".repeat(20_000) + "$\"}");
        schemas.add("{\"type\":\"string\",\"pattern\":\"^((((a{1,99}){1,99}){1,99}){1,99})$\"}");
        schemas.add("{\"type\":\"integer\",\"minimum\":1e999999999}");
        schemas.add("{\"oneOf\":[" + repeat(3000, i -> "{\"const\":" + i + "}") + "]}");

        ThreadMXBean processor = ManagementFactory.getThreadMXBean();
        for (int i = 0; i < schemas.size(); i++) {
            String schema = schemas.get(i);
            long begun = processor.getCurrentThreadCpuTime();
            try {
                JsonSchemaGrammar.of(schema);
            } catch (UnsupportedSchema refused) {
                assertThat(refused.reason()).isNotEmpty();
            }
            Duration taken = Duration.ofNanos(processor.getCurrentThreadCpuTime() - begun);
            assertThat(taken).as("schema %d", i).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void anyObjectIsAnObject() {
        ReadGrammar grammar = new ReadGrammar(JsonSchemaGrammar.anyObject());

        assertThat(grammar.accepts("{\"a\": [1, -2.5e3, \"x\", {}, [], null]}")).isTrue();
        assertThat(grammar.accepts("[]")).isFalse();
        assertThat(grammar.accepts("{\"a\":     1}")).isFalse();
    }

    private static String repeat(int times, IntFunction<String> part) {
        return IntStream.range(0, times).mapToObj(part).collect(Collectors.joining(","));
    }

    private static String defs(int count, IntFunction<String> schema) {
        return "{\"$ref\":\"#/$defs/d0\",\"$defs\":{" + repeat(count, i -> "\"d" + i + "\":" + schema.apply(i)) + ",\"d"
                + count + "\":{\"type\":\"string\"}}}";
    }
}
