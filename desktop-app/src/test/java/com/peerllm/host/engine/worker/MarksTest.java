package com.peerllm.host.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.Sampling;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Marks that are control tokens in a vocabulary, as {@code [TOOL_CALLS]} is in Mistral's: here those of the starter model's chat. */
class MarksTest {
    private static final Path STARTER =
            Path.of(System.getProperty("peerllm.home"), "desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf");

    private static NativeLibrary library;
    private static Vocabulary vocabulary;
    private static int bot;
    private static int user;

    @BeforeAll
    static void load() {
        Path natives = EngineNatives.locate(System.getProperties());
        library = NativeLibrary.load(natives, Arena.global());
        NativeLog log = NativeLog.install(library, Arena.global(), new PrintStream(PrintStream.nullOutputStream()));
        new Devices(library).loadBackends(natives);
        vocabulary = new Vocabulary(library, Model.load(library, log, STARTER, 0));
        bot = vocabulary.textTokens("<|bot|>")[0];
        user = vocabulary.textTokens("<|user|>")[0];
    }

    @Test
    void onlyAMarkAmongTheControlTokensIsRead() {
        Marks marks = new Marks(vocabulary, List.of("<|bot|>", "<think>"));
        int[] text = vocabulary.textTokens("<|bot|>Hello<|user|>");

        assertThat(marks.text(text)).isEqualTo("<|bot|>Hello");
        assertThat(marks.piece(user)).isEmpty();
        assertThat(new Marks(vocabulary, List.of()).text(text)).isEqualTo("Hello");
    }

    @Test
    void aGrammarNamesControlTokensByTheirIdAndSpellsTheRest() {
        Marks marks = new Marks(vocabulary, List.of("<|bot|>", "<|user|>", "<think>"));

        assertThat(marks.gbnf("<think>")).isEqualTo("\"<think>\"");
        assertThat(marks.gbnf("<|bot|>")).isEqualTo("<[" + bot + "]>");
        assertThat(marks.gbnf("a<|user|>\"b\"<|bot|>"))
                .isEqualTo("\"a\" <[" + user + "]> \"\\\"b\\\"\" <[" + bot + "]>");
    }

    @Test
    void aControlTokenIsPossibleInAGrammarThatNamesIt() {
        Marks marks = new Marks(vocabulary, List.of("<|bot|>"));
        SamplerFactory samplers = new SamplerFactory(
                library, vocabulary, new Candidates(Arena.global(), vocabulary.size()), System::nanoTime, 16);
        Grammars grammars = new Grammars(library, vocabulary);

        try (Sampler sampler = samplers.create(Sampling.greedy());
                Grammar named = grammars.read("root ::= " + marks.gbnf("<|bot|>Hi") + "\n");
                Grammar spelled = grammars.read("root ::= \"<|bot|>Hi\"\n")) {
            sampler.constrain(named);
            sampler.replay(bot);
            for (int token : textTokens("Hi")) sampler.replay(token);
            assertThat(sampler.constraintComplete()).isTrue();

            sampler.constrain(spelled);
            assertThatThrownBy(() -> sampler.replay(bot)).isInstanceOf(EngineException.class);
        }
    }

    /** Without the blank that this kind of vocabulary puts before a text. */
    private static int[] textTokens(String text) {
        int[] all = vocabulary.textTokens("<|bot|>" + text);
        assertThat(all[0]).isEqualTo(bot);
        int[] rest = new int[all.length - 1];
        System.arraycopy(all, 1, rest, 0, rest.length);
        StringBuilder said = new StringBuilder();
        for (int id : rest) said.append(new String(vocabulary.readPiece(id), StandardCharsets.UTF_8));
        assertThat(said.toString()).isEqualTo(text);
        return rest;
    }
}
