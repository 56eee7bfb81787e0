package com.peerllm.host.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.engine.format.ReadAnswer.Call;
import com.peerllm.host.engine.format.ThinkingFormat.Start;
import com.peerllm.shared.grammar.GrammarBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What parts an answer has, wherever the tokens cut it. */
class AnswerReaderTest {
    private static final Call WEATHER = new Call("get_weather", "{\"city\": \"Zürich \\\"Nord\\\" }]\"}");
    private static final Call TIME = new Call("get_weather_time", "{\"of\": [{\"x\": {}}]}");

    @ParameterizedTest
    @EnumSource
    void readsACallInEveryFormatWhereverItIsCut(ToolFormat format) {
        assertRead(plan(format, false, true), written(format, WEATHER), "", "", WEATHER);
        assertRead(plan(format, true, true), written(format, TIME), "", "", TIME);
    }

    @ParameterizedTest
    @EnumSource(names = "LLAMA", mode = EnumSource.Mode.EXCLUDE)
    void readsSeveralCallsWithTextBefore(ToolFormat format) {
        assertRead(
                plan(format, false, true),
                "I will look.\n\n" + written(format, WEATHER, TIME, WEATHER),
                "",
                "I will look.",
                WEATHER,
                TIME,
                WEATHER);
    }

    @ParameterizedTest
    @EnumSource
    void readsACallAfterThinking(ToolFormat format) {
        assertRead(
                thinking(plan(format, false, true), Start.UNDECIDED),
                "<think>\nIs <tool_call> or {\"name\": \"get_weather\" right?\n</think>\n\n" + written(format, WEATHER),
                "Is <tool_call> or {\"name\": \"get_weather\" right?",
                "",
                WEATHER);
    }

    @ParameterizedTest
    @EnumSource
    void theAnswerIsOverAfterACallWhenOnlyOneIsAllowed(ToolFormat format) {
        AnswerReader reader = new AnswerReader(plan(format, true, false));

        ReadAnswer answer = ReadAnswer.of(reader, bytes(written(format, TIME) + " and more"));

        assertThat(answer.calls()).containsExactly(TIME);
        assertThat(answer.text()).isEmpty();
        assertThat(reader.over()).isTrue();
        assertThat(reader.calledTools()).isTrue();
    }

    @Test
    void blanksAndLineBreaksAreAllowedInsideACall() {
        assertRead(
                plan(ToolFormat.HERMES, false, true),
                "<tool_call>\n{\n  \"name\" : \"get_weather\" ,\n\t\"arguments\":{ } }\r\n</tool_call>\n",
                "",
                "",
                new Call("get_weather", "{ }"));
    }

    @Test
    void textThatOnlyLooksLikeACallStaysText() {
        for (String text : List.of(
                "{\"name\": \"Bob\", \"parameters\": {}}",
                "{\"names\": 1}",
                "{",
                " {\"name\": \"get_wea",
                "Look: {\"name\": \"get_weather\", \"parameters\": {}}"))
            assertRead(plan(ToolFormat.LLAMA, false, true), text, "", text);
        for (String text : List.of("a <tool_cal b", "a < b <too", "<tool_call", "[TOOL_CALLS]"))
            assertRead(plan(ToolFormat.HERMES, false, true), text, "", text);
    }

    @Test
    void anUnknownToolIsNoCall() {
        String text = "Hm <tool_call>{\"name\": \"steal\", \"arguments\": {}}</tool_call>";

        assertRead(plan(ToolFormat.HERMES, false, true), text, "", "Hm" + text.substring(3));
    }

    @Test
    void argumentsThatNoGrammarWatchedOverAreNoCall() {
        AnswerReader reader = new AnswerReader(plan(ToolFormat.HERMES, false, true));
        String text = "<tool_call>{\"name\": \"get_weather\", \"arguments\": {\"city\": no";

        ReadAnswer answer = ReadAnswer.of(reader, List.of(text.getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.calls()).isEmpty();
        assertThat(answer.text()).isEqualTo(text);
        assertThat(reader.calledTools()).isFalse();
    }

    @Test
    void thinkingThatThePromptOpenedIsToldApart() {
        assertRead(
                thinking(AnswerPlan.plain(List.of()), Start.THINKING),
                "Let me see: 2 < 3.\n</think>\n\nYes. A </think> more.\n",
                "Let me see: 2 < 3.",
                "Yes. A </think> more.\n");
    }

    @Test
    void aModelThatDoesNotThinkAnswersAtOnce() {
        assertRead(thinking(AnswerPlan.plain(List.of()), Start.UNDECIDED), "  Yes <think>", "", "  Yes <think>");
        assertRead(thinking(AnswerPlan.plain(List.of()), Start.ANSWERING), "<think>x", "", "<think>x");
    }

    @Test
    void theChannelsOfHarmonyAreToldApart() {
        AnswerPlan harmony = new AnswerPlan(
                List.of(),
                Optional.of(ThinkingFormat.HARMONY),
                Start.UNDECIDED,
                Optional.empty(),
                AnswerGrammar.none());

        assertRead(
                harmony,
                "<|channel|>analysis<|message|>Simple: 4.<|start|>assistant<|channel|>final<|message|>It is 4.",
                "Simple: 4.",
                "It is 4.");
        assertRead(harmony, "<|channel|>final<|message|>It is 4.", "", "It is 4.");
        assertRead(harmony, "<|channel|>fin", "", "<|channel|>fin");
    }

    @Test
    void anAnswerThatEndsInItsThinkingHasThoughtsOnly() {
        assertRead(thinking(AnswerPlan.plain(List.of()), Start.UNDECIDED), "<think>Wait </thi", "Wait </thi", "");
    }

    @Test
    void stopStringsCountInTheTextOnly() {
        AnswerPlan stopping = AnswerPlan.plain(List.of("STOP", "city"));

        assertRead(
                thinking(stopping, Start.UNDECIDED), "<think>a STOP b</think>\nIt is. STOP c", "a STOP b", "It is. ");
        AnswerPlan calling = plan(ToolFormat.HERMES, false, true);
        AnswerPlan both = new AnswerPlan(
                stopping.stops(), calling.thinking(), calling.start(), calling.calls(), calling.grammar());
        assertRead(both, "See.\n" + written(ToolFormat.HERMES, WEATHER), "", "See.", WEATHER);
        assertRead(both, "The city\n" + written(ToolFormat.HERMES, WEATHER), "", "The ");
    }

    @Test
    void aBoundAnswerBeginsBehindTheTokenThatEndsTheThinking() {
        AnswerGrammar grammar = new AnswerGrammar(
                Optional.empty(),
                Optional.of("form"),
                Optional.of(ThinkingFormat.TAGS),
                true,
                new GrammarBuilder(),
                GrammarBuilder::literal);
        AnswerPlan plan =
                new AnswerPlan(List.of(), Optional.of(ThinkingFormat.TAGS), Start.UNDECIDED, Optional.empty(), grammar);
        AnswerReader reader = new AnswerReader(plan);
        assertThat(reader.bounds()).isInstanceOf(Bounds.Grammar.class);
        ReadAnswer answer = new ReadAnswer();

        for (String token : List.of("<think>", "Hm")) {
            answer.add(reader.pass(token.getBytes(StandardCharsets.UTF_8)));
            assertThat(reader.bounds()).isEqualTo(Bounds.FREE);
        }
        for (String token : List.of("</think>Well: {", "\n", "{", "}"))
            answer.add(reader.pass(token.getBytes(StandardCharsets.UTF_8)));
        answer.add(reader.end());

        assertThat(reader.bounds()).isEqualTo(grammar.fromAnswer());
        assertThat(answer.thoughts()).isEqualTo("Hm");
        assertThat(answer.text()).isEqualTo("{}");
    }

    @Test
    void tokensOfThinkingAreCounted() {
        AnswerReader reader = new AnswerReader(thinking(AnswerPlan.plain(List.of()), Start.UNDECIDED));

        for (String token : List.of("<thi", "nk>", "a", "b", "</", "think>", "x"))
            reader.pass(token.getBytes(StandardCharsets.UTF_8));

        assertThat(reader.thoughtTokens()).isEqualTo(4);
        assertThat(reader.thinking()).isFalse();
    }

    /** Cut after every byte, in two at every place (where a grammar watches from the start), and in pieces of three bytes. */
    private static void assertRead(AnswerPlan plan, String said, String thoughts, String text, Call... calls) {
        byte[] utf8 = said.getBytes(StandardCharsets.UTF_8);
        List<List<byte[]>> cuttings = new ArrayList<>(List.of(bytes(said), pieces(utf8, 3)));
        boolean watched = plan.calls().map(CallPlan::forced).orElse(true);
        for (int cut = 0; watched && cut <= utf8.length; cut++)
            cuttings.add(List.of(Arrays.copyOf(utf8, cut), Arrays.copyOfRange(utf8, cut, utf8.length)));
        for (List<byte[]> cutting : cuttings) {
            ReadAnswer answer = ReadAnswer.of(new AnswerReader(plan), cutting);
            assertThat(answer.thoughts()).as("%d pieces", cutting.size()).isEqualTo(thoughts);
            assertThat(answer.text()).as("%d pieces", cutting.size()).isEqualTo(text);
            assertThat(answer.calls()).as("%d pieces", cutting.size()).containsExactly(calls);
        }
    }

    private static AnswerPlan plan(ToolFormat format, boolean forced, boolean several) {
        Map<String, String> rules = new LinkedHashMap<>(Map.of("get_weather", "any", "get_weather_time", "any"));
        CallPlan calls = new CallPlan(format, rules, forced, several);
        AnswerGrammar grammar = new AnswerGrammar(
                Optional.of(calls),
                Optional.empty(),
                Optional.empty(),
                false,
                new GrammarBuilder(),
                GrammarBuilder::literal);
        return new AnswerPlan(List.of(), Optional.empty(), Start.ANSWERING, Optional.of(calls), grammar);
    }

    private static AnswerPlan thinking(AnswerPlan plan, Start start) {
        return new AnswerPlan(plan.stops(), Optional.of(ThinkingFormat.TAGS), start, plan.calls(), plan.grammar());
    }

    private static String written(ToolFormat format, Call... calls) {
        StringBuilder text = new StringBuilder();
        for (Call call : calls)
            text.append(
                    switch (format) {
                        case HERMES ->
                            "<tool_call>\n{\"name\": \"" + call.name() + "\", \"arguments\": " + call.arguments()
                                    + "}\n</tool_call>\n";
                        case LLAMA -> "{\"name\": \"" + call.name() + "\", \"parameters\": " + call.arguments() + "}";
                        case MISTRAL_LIST ->
                            (text.isEmpty() ? "[TOOL_CALLS] [" : ", ") + "{\"name\": \"" + call.name()
                                    + "\", \"arguments\": " + call.arguments() + "}";
                        case MISTRAL_ID -> "[TOOL_CALLS]" + call.name() + "[CALL_ID]abc123DEF[ARGS]" + call.arguments();
                        case MISTRAL_ARGUMENTS -> "[TOOL_CALLS]" + call.name() + "[ARGS]" + call.arguments();
                    });
        return format == ToolFormat.MISTRAL_LIST ? text + "]" : text.toString();
    }

    private static List<byte[]> bytes(String text) {
        return pieces(text.getBytes(StandardCharsets.UTF_8), 1);
    }

    private static List<byte[]> pieces(byte[] bytes, int size) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += size)
            pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        return pieces;
    }
}
