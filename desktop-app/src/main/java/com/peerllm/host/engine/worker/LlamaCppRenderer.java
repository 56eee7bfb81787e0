package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.LlamaLayouts.CHAT_MESSAGE;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.TemplateSource;
import com.peerllm.host.engine.format.ChatFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** llama.cpp's built-in chat formats, which it chooses by looking for known words in the model's template. */
final class LlamaCppRenderer implements ChatRenderer {
    private final JsonMapper json;
    private final MethodHandle apply;
    private final String template;

    LlamaCppRenderer(NativeLibrary library, JsonMapper json, String template) {
        this.json = json;
        this.template = template;
        apply = library.function(
                "llama_chat_apply_template", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_BYTE, ADDRESS, JAVA_INT);
    }

    /** Whether llama.cpp recognises the template. */
    boolean recognised() {
        return apply(List.of(new PlainMessage("user", "?"))).isPresent();
    }

    @Override
    public String render(Prompt.Chat chat) {
        return apply(PlainMessage.read(json, chat.messagesJson()))
                .orElseThrow(() -> new EngineException(
                        EngineErrorCode.BAD_REQUEST, "llama.cpp's built-in chat format does not take these messages."));
    }

    @Override
    public TemplateSource source() {
        return TemplateSource.LLAMA_CPP;
    }

    /** Tools are not shown to the model by these formats; its thinking is marked all the same. */
    @Override
    public ChatFormat format() {
        return ChatFormat.of(template, Optional.empty());
    }

    private Optional<String> apply(List<PlainMessage> messages) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment chat = arena.allocate(CHAT_MESSAGE, Math.max(1, messages.size()));
            long room = 1024;
            for (int i = 0; i < messages.size(); i++) {
                MemorySegment role = NativeCalls.utf8(arena, messages.get(i).role());
                MemorySegment content = NativeCalls.utf8(arena, messages.get(i).content());
                chat.set(ADDRESS, i * CHAT_MESSAGE.byteSize(), role);
                chat.set(ADDRESS, i * CHAT_MESSAGE.byteSize() + ADDRESS.byteSize(), content);
                room += 2 * (role.byteSize() + content.byteSize());
            }
            MemorySegment source = NativeCalls.utf8(arena, template);
            MemorySegment out = arena.allocate(room);
            int roomBytes = Math.toIntExact(room);
            int length = NativeCalls.call(
                    () -> (int) apply.invokeExact(source, chat, (long) messages.size(), (byte) 1, out, roomBytes));
            if (length < 0 || length > roomBytes) return Optional.empty();
            byte[] utf8 = out.asSlice(0, length).toArray(JAVA_BYTE);
            return Optional.of(new String(utf8, StandardCharsets.UTF_8));
        }
    }
}
