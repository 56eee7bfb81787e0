package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.TemplateSource;
import com.peerllm.host.engine.format.ChatFormat;

/** Turns a chat into the text that the model was trained to continue. */
interface ChatRenderer {

    /**
     * The prompt's text, up to where the assistant's answer begins.
     *
     * @throws com.peerllm.host.engine.EngineException with {@code BAD_REQUEST} when the template does not take these messages
     */
    String render(Prompt.Chat chat);

    TemplateSource source();

    /** What the model's answers hold beside text. */
    ChatFormat format();
}
