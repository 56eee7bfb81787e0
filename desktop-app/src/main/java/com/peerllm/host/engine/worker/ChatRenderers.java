package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.jinja.TemplateException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Chooses how chats are rendered for a model: its own template if it can be used, else the next best. */
final class ChatRenderers {
    private ChatRenderers() {}

    static ChatRenderer choose(
            NativeLibrary library, Model model, Vocabulary vocabulary, InstantSource clock, PrintStream log) {
        JsonMapper json = new JsonMapper();
        Optional<String> template = model.chatTemplate();
        if (template.isEmpty()) return new ChatMlRenderer(json);
        try {
            return new JinjaRenderer(
                    template.get(), json, clock, vocabulary.text(vocabulary.bos()), vocabulary.text(vocabulary.eos()));
        } catch (TemplateException e) {
            log.println("The model's chat template cannot be used: " + e.getMessage());
        }
        LlamaCppRenderer builtIn = new LlamaCppRenderer(library, json, template.get());
        return builtIn.recognised() ? builtIn : new ChatMlRenderer(json);
    }
}
