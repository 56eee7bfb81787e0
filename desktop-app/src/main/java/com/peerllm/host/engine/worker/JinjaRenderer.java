package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.TemplateSource;
import com.peerllm.host.engine.jinja.Template;
import com.peerllm.host.engine.jinja.TemplateException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The model's own Jinja template.
 *
 * <p>A template that names the day gets it in UTC, so that two hosts render the same chat to the same prompt.
 */
final class JinjaRenderer implements ChatRenderer {
    private final Template template;
    private final String source;
    private final ChatValues values;
    private final InstantSource clock;
    private final String bos;
    private final String eos;

    /** @throws TemplateException when the source is not a template that is known here */
    JinjaRenderer(String source, ChatValues values, InstantSource clock, String bos, String eos) {
        this.template = Template.parse(source);
        this.source = source;
        this.values = values;
        this.clock = clock;
        this.bos = bos;
        this.eos = eos;
    }

    /** @throws TemplateException when the template cannot render even the simplest chat */
    void tryOut() {
        renderOrThrow("[{\"role\":\"user\",\"content\":\"?\"}]", Optional.empty());
    }

    @Override
    public String render(String messagesJson, Optional<String> toolsJson) {
        try {
            return renderOrThrow(messagesJson, toolsJson);
        } catch (TemplateException e) {
            throw new EngineException(EngineErrorCode.BAD_REQUEST, refusal(e));
        }
    }

    @Override
    public TemplateSource source() {
        return TemplateSource.MODEL;
    }

    private String renderOrThrow(String messagesJson, Optional<String> toolsJson) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("messages", values.messages(messagesJson));
        toolsJson.ifPresent(tools -> variables.put("tools", values.read(tools)));
        variables.put("add_generation_prompt", true);
        variables.put("bos_token", bos);
        variables.put("eos_token", eos);
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
