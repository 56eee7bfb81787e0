package com.peerllm.host.engine.worker;

import tools.jackson.databind.json.JsonMapper;

/** Chooses how chats are rendered for a model: its own template if it can be used, else the next best. */
final class ChatRenderers {
    private ChatRenderers() {}

    static ChatRenderer choose(NativeLibrary library, Model model, Vocabulary vocabulary) {
        JsonMapper json = new JsonMapper();
        return model.chatTemplate()
                .<ChatRenderer>map(template -> new LlamaCppRenderer(library, json, template))
                .orElseGet(() -> new ChatMlRenderer(json));
    }
}
