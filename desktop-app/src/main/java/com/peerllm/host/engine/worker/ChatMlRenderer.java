package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.TemplateSource;
import com.peerllm.host.engine.format.ChatFormat;
import tools.jackson.databind.json.JsonMapper;

/** ChatML, the most common chat format: the last resort for a model that brings no usable template. */
final class ChatMlRenderer implements ChatRenderer {
    private final JsonMapper json;

    ChatMlRenderer(JsonMapper json) {
        this.json = json;
    }

    @Override
    public String render(Prompt.Chat chat) {
        StringBuilder text = new StringBuilder();
        for (PlainMessage message : PlainMessage.read(json, chat.messagesJson()))
            text.append("<|im_start|>")
                    .append(message.role())
                    .append('\n')
                    .append(message.content())
                    .append("<|im_end|>\n");
        return text.append("<|im_start|>assistant\n").toString();
    }

    @Override
    public TemplateSource source() {
        return TemplateSource.CHATML;
    }

    @Override
    public ChatFormat format() {
        return ChatFormat.PLAIN;
    }
}
