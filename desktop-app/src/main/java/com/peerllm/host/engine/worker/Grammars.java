package com.peerllm.host.engine.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.shared.grammar.GrammarText;
import com.peerllm.shared.grammar.JsonSchemaGrammar;
import com.peerllm.shared.grammar.UnsupportedSchema;
import com.peerllm.shared.openai.ResponseFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has llama.cpp read grammars. That takes time for a large one, so it is work for the prompts thread. */
final class Grammars {
    private static final Pattern TOKEN = Pattern.compile("<\\[(\\d{1,9})]>");

    private final MethodHandle init;
    private final SamplerCalls calls;
    private final Vocabulary vocabulary;

    Grammars(NativeLibrary library, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        init = library.function("llama_sampler_init_grammar", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        calls = new SamplerCalls(library);
    }

    /**
     * Reads a grammar whose first rule to apply is named {@code root}; {@link Job#keep} it, so that it is freed.
     *
     * @throws EngineException with {@code BAD_REQUEST} for a text that is no grammar
     */
    Grammar read(String gbnf) {
        if (!GrammarText.isReadable(gbnf)) throw unreadable();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeCalls.utf8(arena, gbnf);
            MemorySegment root = NativeCalls.utf8(arena, "root");
            MemorySegment sampler =
                    NativeCalls.call(() -> (MemorySegment) init.invokeExact(vocabulary.handle(), text, root));
            if (sampler.address() == 0) throw unreadable();
            return new Grammar(calls, sampler, namedTokens(gbnf));
        }
    }

    private static EngineException unreadable() {
        return new EngineException(
                EngineErrorCode.BAD_REQUEST, "The engine cannot hold an answer to this form. Ask for a simpler one.");
    }

    /**
     * The grammar of an answer's form; none for a text of any form.
     *
     * @throws EngineException with {@code BAD_REQUEST} for a schema that cannot be held to
     */
    Optional<Grammar> of(ResponseFormat format) {
        return switch (format) {
            case ResponseFormat.Text text -> Optional.empty();
            case ResponseFormat.JsonObject object -> Optional.of(read(JsonSchemaGrammar.anyObject()));
            case ResponseFormat.JsonSchema(String schema) -> Optional.of(read(gbnf(schema)));
        };
    }

    private static String gbnf(String schema) {
        try {
            return JsonSchemaGrammar.of(schema);
        } catch (UnsupportedSchema e) {
            // Where in the schema is not said: that place has names of the schema in it, and a failure can reach a log.
            throw new EngineException(EngineErrorCode.BAD_REQUEST, e.reason() + ".");
        }
    }

    private static Set<Integer> namedTokens(String gbnf) {
        Set<Integer> tokens = new HashSet<>();
        for (Matcher found = TOKEN.matcher(gbnf); found.find(); ) tokens.add(Integer.valueOf(found.group(1)));
        return tokens;
    }
}
