package com.peerllm.host.engine.format;

import com.peerllm.host.engine.format.ThinkingFormat.Start;
import com.peerllm.shared.grammar.GrammarBuilder;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.openai.ToolChoice;
import com.peerllm.shared.openai.ToolUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Plans how the answers of one model are read and bound. */
public final class AnswerPlanner {
    private static final JsonNode ANY_OBJECT =
            JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", true);

    private final ChatFormat format;
    private final UnaryOperator<String> words;
    private final JsonMapper json = new JsonMapper();

    /** @param words how GBNF writes a word that may be a token of its own */
    public AnswerPlanner(ChatFormat format, UnaryOperator<String> words) {
        this.format = format;
        this.words = words;
    }

    /**
     * Plans the answer to a chat.
     *
     * @param prompt the rendered chat, whose end tells whether the model is thinking already
     * @param mayThink whether an answer in a form may open a thinking before it
     * @throws com.peerllm.shared.grammar.UnsupportedSchema when the arguments or the text cannot be held to their schema
     * @throws UnusableTools when the tools cannot be called
     */
    public AnswerPlan chat(
            String prompt, Optional<ToolUse> tools, ResponseFormat form, List<String> stops, boolean mayThink) {
        Start start =
                format.thinking().map(thinking -> thinking.startAfter(prompt)).orElse(Start.ANSWERING);
        return plan(start, format.thinking(), mayThink, tools, form, stops);
    }

    /** Plans the continuation of a text that is no chat. */
    public AnswerPlan text(ResponseFormat form, List<String> stops) {
        return plan(Start.ANSWERING, Optional.empty(), false, Optional.empty(), form, stops);
    }

    private AnswerPlan plan(
            Start start,
            Optional<ThinkingFormat> thinking,
            boolean mayOpen,
            Optional<ToolUse> tools,
            ResponseFormat form,
            List<String> stops) {
        GrammarBuilder grammar = new GrammarBuilder();
        Optional<String> formRule = formRule(form, grammar);
        Optional<CallPlan> calls =
                tools.filter(use -> use.choice().mode() != ToolChoice.Mode.NONE).map(use -> calls(use, grammar));
        return new AnswerPlan(
                stops, thinking, start, calls, new AnswerGrammar(calls, formRule, thinking, mayOpen, grammar, words));
    }

    private Optional<String> formRule(ResponseFormat form, GrammarBuilder grammar) {
        return switch (form) {
            case ResponseFormat.Text text -> Optional.empty();
            case ResponseFormat.JsonObject object -> Optional.of(grammar.schema(ANY_OBJECT));
            case ResponseFormat.JsonSchema(String schema) -> Optional.of(grammar.schema(read(schema)));
        };
    }

    private CallPlan calls(ToolUse use, GrammarBuilder grammar) {
        ToolFormat calls = format.tools()
                .orElseThrow(() -> new UnusableTools(
                        "This model is not known to call tools. Ask another one, or leave the tools out."));
        Map<String, String> argumentRules = new LinkedHashMap<>();
        for (JsonNode tool : read(use.toolsJson())) {
            JsonNode function = tool.path("function");
            String name = function.path("name").asString("");
            if (use.choice().name().filter(named -> !named.equals(name)).isPresent()) continue;
            if (!name.matches("[a-zA-Z0-9_.-]{1,64}"))
                throw new UnusableTools(
                        "A tool's name must be 1 to 64 letters, digits, underscores, dots and hyphens.");
            if (argumentRules.put(name, grammar.schema(arguments(function.path("parameters")))) != null)
                throw new UnusableTools("Two tools have the same name. Give each its own.");
        }
        if (argumentRules.isEmpty()) throw new UnusableTools("The tool that must be called is not among the tools.");
        boolean several = use.parallel() && use.choice().mode() != ToolChoice.Mode.NAMED;
        return new CallPlan(calls, argumentRules, use.choice().mode().forcesCall(), several);
    }

    /** Arguments are an object, whether or not the schema says so. */
    private static JsonNode arguments(JsonNode parameters) {
        if (parameters.isMissingNode() || parameters.isNull() || parameters.isEmpty()) return ANY_OBJECT;
        if (!parameters.isObject()) throw new UnusableTools("The parameters of a tool must be a JSON schema.");
        if (!parameters.has("type")) return ((ObjectNode) parameters.deepCopy()).put("type", "object");
        if (parameters.path("type").asString("").equals("object")) return parameters;
        throw new UnusableTools("The parameters of a tool must be a schema of the type object.");
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            throw new UnusableTools("The tools or the schema of the answer are not JSON.");
        }
    }
}
