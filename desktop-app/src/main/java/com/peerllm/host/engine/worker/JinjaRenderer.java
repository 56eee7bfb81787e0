package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.TemplateSource;
import com.peerllm.host.engine.format.ChatFormat;
import com.peerllm.host.engine.format.ProbeChat;
import com.peerllm.host.engine.jinja.Template;
import com.peerllm.host.engine.jinja.TemplateException;
import com.peerllm.shared.openai.Reasoning;
import com.peerllm.shared.openai.ToolChoice;
import com.peerllm.shared.openai.ToolUse;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The model's own Jinja template.
 *
 * <p>A template that names the day gets it in UTC, so that two hosts render the same chat to the same prompt.
 */
final class JinjaRenderer implements ChatRenderer {
    private static final Prompt.Chat SIMPLEST = new Prompt.Chat("[{\"role\":\"user\",\"content\":\"?\"}]");
    private static final String SYSTEM = "system-probe";
    private static final Prompt.Chat WITH_SYSTEM = new Prompt.Chat(
            "[{\"role\":\"system\",\"content\":\"" + SYSTEM + "\"},{\"role\":\"user\",\"content\":\"?\"}]");
    private static final Prompt.Chat PROBE = new Prompt.Chat(
            ProbeChat.MESSAGES_JSON,
            Optional.of(new ToolUse(ProbeChat.TOOLS_JSON, ToolChoice.AUTO, true)),
            Reasoning.DEFAULT);

    private final Template template;
    private final String source;
    private final ChatValues values;
    private final InstantSource clock;
    private final String bos;
    private final String eos;
    private final ChatFormat format;
    private final boolean takesSystem;

    /**
     * Reads the template, and tries it out.
     *
     * @throws TemplateException when the source is not a template that is known here, or cannot render even the simplest chat
     */
    JinjaRenderer(String source, JsonMapper json, InstantSource clock, String bos, String eos) {
        this.template = Template.parse(source);
        this.source = source;
        this.clock = clock;
        this.bos = bos;
        this.eos = eos;
        ChatValues objects = new ChatValues(json, ChatValues.Arguments.OBJECT);
        ChatValues texts = new ChatValues(json, ChatValues.Arguments.TEXT);
        takesSystem = takesSystem(objects);
        renderOrThrow(SIMPLEST, objects);
        Optional<String> withObjects = probe(objects);
        Optional<String> withTexts = withObjects.isPresent() ? Optional.empty() : probe(texts);
        values = withTexts.isPresent() ? texts : objects;
        format = ChatFormat.of(source, withObjects.or(() -> withTexts));
    }

    @Override
    public String render(Prompt.Chat chat) {
        try {
            return renderOrThrow(chat, values);
        } catch (TemplateException e) {
            throw new EngineException(EngineErrorCode.BAD_REQUEST, refusal(e));
        }
    }

    @Override
    public TemplateSource source() {
        return TemplateSource.MODEL;
    }

    @Override
    public ChatFormat format() {
        return format;
    }

    /** Whether a system message arrives in the prompt; some templates refuse it, some drop it. */
    private boolean takesSystem(ChatValues form) {
        try {
            return render(form.messages(WITH_SYSTEM.messagesJson()), WITH_SYSTEM, form)
                    .contains(SYSTEM);
        } catch (TemplateException e) {
            return false;
        }
    }

    /** A chat with a call, when the template takes it and the arguments arrive as JSON. */
    private Optional<String> probe(ChatValues form) {
        try {
            return Optional.of(renderOrThrow(PROBE, form)).filter(ProbeChat::showsArguments);
        } catch (TemplateException e) {
            // A template that refuses calls, or takes their arguments in the other form.
            return Optional.empty();
        }
    }

    private String renderOrThrow(Prompt.Chat chat, ChatValues form) {
        List<Object> messages = form.messages(chat.messagesJson());
        return render(takesSystem ? messages : SystemMessages.foldedIntoUsers(messages), chat, form);
    }

    private String render(List<Object> messages, Prompt.Chat chat, ChatValues form) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("messages", messages);
        chat.tools().ifPresent(tools -> variables.put("tools", form.read(tools.toolsJson())));
        variables.put("add_generation_prompt", true);
        variables.put("bos_token", bos);
        variables.put("eos_token", eos);
        ThinkingVariables.of(chat.reasoning()).forEach(variables::put);
        return template.render(variables, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** A reason that stands in the template word for word holds nothing of the chat and can be told; any other may. */
    private String refusal(TemplateException e) {
        boolean isTheTemplates = e.kind() == TemplateException.Kind.RAISED && source.contains(e.getMessage());
        return switch (e.kind()) {
            case RAISED ->
                "The model's chat template refuses these messages"
                        + (isTheTemplates ? ": " + e.getMessage() : ". Check the order of the roles.");
            case LIMIT ->
                "The model's chat template takes too long for these messages. Shorten the chat, or choose another model.";
            case RUNTIME, SYNTAX ->
                "The model's chat template cannot render these messages. Check their roles and contents.";
        };
    }
}
