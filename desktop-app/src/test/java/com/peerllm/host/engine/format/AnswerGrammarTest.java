package com.peerllm.host.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.grammar.GrammarBuilder;
import com.peerllm.shared.grammar.GrammarText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The grammars that are written for an answer's turning points. */
class AnswerGrammarTest {

    @ParameterizedTest
    @EnumSource
    void theGrammarsOfManyToolsAreReadableAndGrowWithTheirNumberOnly(ToolFormat format) {
        for (boolean several : List.of(true, false)) {
            int few = longest(format, 32, several);
            int many = longest(format, 128, several);

            assertThat(many).isBetween(few, 5 * few).isLessThan(200_000);
        }
    }

    /** From behind every byte of a call up to its arguments. */
    @ParameterizedTest
    @EnumSource
    void theRestOfACallIsReadableWhereverItIsCut(ToolFormat format) {
        GrammarBuilder builder = new GrammarBuilder();
        CallPlan plan = plan(format, 3, true, builder);
        AnswerGrammar grammar = grammar(plan, builder);
        String said = switch (format) {
            case HERMES -> "\n{\"name\": \"tool_1\", \"arguments\": ";
            case LLAMA -> "{\"name\": \"tool_1\", \"parameters\": ";
            case MISTRAL_LIST -> "[{\"name\": \"tool_1\", \"arguments\": ";
            case MISTRAL_ARGUMENTS -> "tool_1[ARGS]";
            case MISTRAL_ID -> "tool_1[CALL_ID]abcdef123[ARGS]";
        };
        CallMatcher matcher = plan.matcher();
        for (byte b : said.getBytes(StandardCharsets.UTF_8)) {
            assertThat(matcher.take(b)).isNotEqualTo(CallMatcher.Seen.BROKEN);
            assertThat(grammar.rest(matcher))
                    .isInstanceOfSatisfying(
                            Bounds.Grammar.class,
                            rest -> assertThat(GrammarText.isReadable(rest.gbnf()))
                                    .isTrue());
        }
        String last = ((Bounds.Grammar) grammar.rest(matcher)).gbnf();
        assertThat(last.lines().findFirst().orElseThrow())
                .contains("arguments-of")
                .doesNotContain("tool_0");
    }

    private static int longest(ToolFormat format, int tools, boolean several) {
        GrammarBuilder builder = new GrammarBuilder();
        AnswerGrammar grammar = grammar(plan(format, tools, several, builder), builder);
        return Stream.of(grammar.fromStart(), grammar.fromAnswer(), grammar.more())
                .map(Bounds.Grammar.class::cast)
                .peek(bounds ->
                        assertThat(GrammarText.isReadable(bounds.gbnf())).isTrue())
                .mapToInt(bounds -> bounds.gbnf().length())
                .max()
                .orElseThrow();
    }

    private static CallPlan plan(ToolFormat format, int tools, boolean several, GrammarBuilder builder) {
        Map<String, String> rules = new LinkedHashMap<>();
        for (int i = 0; i < tools; i++) rules.put("tool_" + i, builder.rule("arguments-of-" + i, "\"{" + i + "}\""));
        return new CallPlan(format, rules, true, several);
    }

    private static AnswerGrammar grammar(CallPlan plan, GrammarBuilder builder) {
        return new AnswerGrammar(
                Optional.of(plan), Optional.empty(), Optional.empty(), false, builder, GrammarBuilder::literal);
    }
}
