package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.TemplateSource;
import java.util.Optional;

/** Turns a chat into the text that the model was trained to continue. */
interface ChatRenderer {

    /**
     * The prompt's text, up to where the assistant's answer begins.
     *
     * @param messagesJson the OpenAI {@code messages} array
     * @param toolsJson the OpenAI {@code tools} array
     * @throws com.peerllm.host.engine.EngineException with {@code BAD_REQUEST} when the template does not take these messages
     */
    String render(String messagesJson, Optional<String> toolsJson);

    TemplateSource source();
}
