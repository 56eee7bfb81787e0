package com.peerllm.shared.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grammars that are put together by hand around schemas, and which texts are grammars at all. */
class GrammarBuilderTest {

    @Test
    void putsTextsAroundValuesOfSchemas() {
        GrammarBuilder grammar = new GrammarBuilder();
        String value = grammar.schema(SchemaText.read("{\"type\":\"integer\",\"minimum\":0}"));
        String other = grammar.schema(
                SchemaText.read("{\"$ref\":\"#/definitions/a\",\"definitions\":{\"a\":{\"const\":\"é\"}}}"));
        grammar.rule("root", GrammarBuilder.literal("<a \"\\\n") + " " + value + " " + other);
        ReadGrammar read = new ReadGrammar(grammar.toGbnf());

        assertThat(read.accepts("<a \"\\\n12\"é\"")).isTrue();
        assertThat(read.accepts("<a \"\\\n-1\"é\"")).isFalse();
    }

    @Test
    void givesEqualBodiesOneNameAndOtherBodiesOtherNames() {
        GrammarBuilder grammar = new GrammarBuilder();

        assertThat(grammar.rule("a", "\"x\"")).isEqualTo(grammar.rule("b", "\"x\""));
        assertThat(grammar.rule("a", "\"y\"")).isNotEqualTo("a");
        assertThatThrownBy(() -> grammar.rule("not a name", "\"z\"")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGrammarThatGrowsTooLargeIsRefused() {
        GrammarBuilder grammar = new GrammarBuilder();

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000_000; i++) grammar.rule("r", "\"" + i + "\"");
                })
                .isInstanceOf(UnsupportedSchema.class);
    }

    @Property(tries = 300)
    void everyGrammarOfASchemaIsReadable(@ForAll long seed) {
        String schema = RandomSchema.of(new Random(seed), 3).schema().toString();

        assertThat(GrammarText.isReadable(JsonSchemaGrammar.of(schema))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root ::= \"a\" ( b | [a-z\\]]{2,3} )* <[12]>?\nb ::= \"\"",
                "root ::= [^\\x00-\\x1F\\u20AC\"]+ | ",
            })
    void readsWhatLlamaCppReads(String grammar) {
        assertThat(GrammarText.isReadable(grammar)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a ::= \"b\"",
                "root ::= b",
                "root ::= \"a",
                "root ::= [a",
                "root ::= ( \"a\"",
                "root ::= \"a\" )",
                "root ::= * \"a\"",
                "root ::= \"a\"{2001}",
                "root ::= \"a\"{2,x}",
                "root ::= \"\\q\"",
                "root ::= \"\\x4\"",
                "root ::= <a>",
                "root ::= \"a\" ; \"b\"",
                "root ::= \"a\"\nroot ::= \"b\"",
            })
    void refusesWhatLlamaCppWouldPrint(String grammar) {
        assertThat(GrammarText.isReadable(grammar)).isFalse();
    }
}
