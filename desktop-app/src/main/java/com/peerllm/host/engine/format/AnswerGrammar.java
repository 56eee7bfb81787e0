package com.peerllm.host.engine.format;

import com.peerllm.shared.grammar.GrammarBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Writes the grammars that an answer must follow at its turning points: at its beginning, from the middle of a call's opening on,
 * and between calls.
 *
 * <p>Each grammar begins exactly where the last token ended. What a token said beyond the opening of a call is known to the {@link
 * CallMatcher}, and the grammar is written for what is left.
 */
final class AnswerGrammar {
    /** Between the pieces of a call; bounded, so that a model cannot fill an answer with blanks. */
    private static final String CALL_GAP = "( \"\\n\" [ ]{0,16} | \" \" )?";

    /** Between the end of the thinking and the answer. */
    private static final String ANSWER_GAP = "[ \\n]{0,3}";

    private final Optional<CallPlan> calls;
    private final Optional<String> formRule;
    private final Optional<ThinkingFormat> thinking;
    private final boolean mayOpenThinking;
    private final UnaryOperator<String> words;
    private final String callGap;
    private final String answerGap;
    private final Optional<String> listEnd;
    private final String rules;
    private final Bounds fromAnswer;
    private final Bounds more;

    /**
     * @param formRule the rule of the form that the answer's text must have
     * @param grammar has the rules of the form and of the tools' arguments
     * @param words how GBNF writes a word that may be a token of its own
     */
    AnswerGrammar(
            Optional<CallPlan> calls,
            Optional<String> formRule,
            Optional<ThinkingFormat> thinking,
            boolean mayOpenThinking,
            GrammarBuilder grammar,
            UnaryOperator<String> words) {
        this.calls = calls;
        this.formRule = formRule;
        this.thinking = thinking;
        this.mayOpenThinking = mayOpenThinking;
        this.words = words;
        callGap = grammar.rule("call-gap", CALL_GAP);
        answerGap = grammar.rule("answer-gap", ANSWER_GAP);
        listEnd = calls.flatMap(plan -> listEnd(plan, grammar));
        rules = grammar.toGbnf();
        Optional<String> goal = goal();
        fromAnswer = goal.map(text -> bounds(answerGap + " ( " + text + " )")).orElse(Bounds.FREE);
        more = calls.map(plan -> bounds(callGap + " ( " + opened(plan) + " )?")).orElse(Bounds.FREE);
    }

    /** For an answer that is text and nothing else. */
    static AnswerGrammar none() {
        return new AnswerGrammar(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                new GrammarBuilder(),
                GrammarBuilder::literal);
    }

    /** From the answer's first token on; the model may open its thinking instead, if it is allowed to. */
    Bounds fromStart() {
        return goal().map(goal ->
                        bounds(thinking.map(format -> opened(format, goal)).orElse(goal)))
                .orElse(Bounds.FREE);
    }

    /** From the first token of the answer itself on, when the thinking is over. */
    Bounds fromAnswer() {
        return fromAnswer;
    }

    /** After a call: the end, or one more. */
    Bounds more() {
        return more;
    }

    /** The rest of a call that the answer has begun. */
    Bounds rest(CallMatcher begun) {
        CallPlan plan = calls.orElseThrow();
        List<CallPiece> pieces = plan.format().pieces();
        return bounds(
                begun.named()
                        ? sequence(plan, begun.piece(), begun.offset(), begun.name(), pieces)
                        : alternatives(plan, begun.piece(), begun.offset(), begun.name(), pieces));
    }

    /** Whether the answer's text must have a form. */
    boolean hasForm() {
        return formRule.isPresent();
    }

    /** What the whole answer must be, if anything. */
    private Optional<String> goal() {
        if (formRule.isEmpty()) return calls.filter(CallPlan::forced).map(this::opened);
        Optional<String> call = calls.map(this::opened);
        return call.filter(text -> calls.orElseThrow().forced())
                .or(() -> call.map(text -> formRule.get() + " | " + text))
                .or(() -> formRule);
    }

    private String opened(ThinkingFormat format, String goal) {
        String direct = format.direct().map(word -> words.apply(word) + " ").orElse("");
        String answer = direct + "( " + goal + " )";
        return mayOpenThinking ? words.apply(format.open()) + " | " + answer : answer;
    }

    private String opened(CallPlan plan) {
        String opening =
                plan.format().opening().map(text -> words.apply(text) + " ").orElse("");
        return opening + "( " + alternatives(plan, 0, 0, "", plan.format().pieces()) + " )";
    }

    /** What is left from a piece on, one way for each tool whose name begins as said. */
    private String alternatives(CallPlan plan, int piece, int offset, String said, List<CallPiece> pieces) {
        return plan.argumentRules().keySet().stream()
                .filter(tool -> tool.startsWith(said))
                .map(tool -> sequence(plan, piece, offset, tool, pieces))
                .collect(Collectors.joining(" | "));
    }

    private String sequence(CallPlan plan, int from, int offset, String tool, List<CallPiece> pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < pieces.size(); i++) {
            int said = i == from ? offset : 0;
            text.append(
                            switch (pieces.get(i)) {
                                case CallPiece.Text(String literal) ->
                                    said == 0 ? words.apply(literal) : GrammarBuilder.literal(literal.substring(said));
                                case CallPiece.Name() -> GrammarBuilder.literal(tool.substring(said));
                                case CallPiece.Id() -> "[a-zA-Z0-9]{" + (CallPiece.Id.CHARACTERS - said) + "}";
                                case CallPiece.Gap() -> callGap;
                                case CallPiece.Arguments() ->
                                    plan.argumentRules().get(tool);
                                case CallPiece.More() -> listEnd.orElseThrow();
                            })
                    .append(' ');
        }
        return text.toString().strip();
    }

    /** The end of a list of calls, or more of them before it: a rule of its own, since every way through a call leads here. */
    private Optional<String> listEnd(CallPlan plan, GrammarBuilder grammar) {
        if (plan.format().repeats() != ToolFormat.Repeats.IN_LIST) return Optional.empty();
        if (!plan.several()) return Optional.of(grammar.rule("list-end", "\"]\""));
        List<CallPiece> pieces = plan.format().pieces();
        int first = plan.format().firstOfCall();
        // Without the gap and the end of the list, which stand behind the last call.
        String call =
                grammar.rule("listed-call", alternatives(plan, first, 0, "", pieces.subList(0, pieces.size() - 2)));
        String more = "( \",\" " + callGap + " " + call + " " + callGap + " ){0," + (CallPlan.MOST_CALLS - 1) + "}";
        return Optional.of(grammar.rule("list-end", more + " \"]\""));
    }

    private Bounds bounds(String root) {
        return new Bounds.Grammar("root ::= " + root + "\n" + rules);
    }
}
