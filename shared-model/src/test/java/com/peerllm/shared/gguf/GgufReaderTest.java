package com.peerllm.shared.gguf;

import static com.peerllm.shared.gguf.SyntheticGguf.bytesOf;
import static com.peerllm.shared.gguf.SyntheticGguf.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.peerllm.shared.gguf.GgufException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufReaderTest {
    private static final Path STARTER =
            Path.of(System.getProperty("peerllm.home"), "desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf");

    @Test
    void readsTheStarterModel() throws GgufException {
        GgufFacts facts = GgufReader.read(STARTER);
        assertThat(facts.formatVersion()).isEqualTo(3);
        assertThat(facts.architecture()).isEqualTo("llama");
        assertThat(facts.kind()).isEqualTo(ModelKind.CHAT);
        assertThat(facts.name()).hasValueSatisfying(name -> assertThat(name).contains("Sprout"));
        assertThat(facts.license()).hasValue("apache-2.0");
        assertThat(facts.quantization()).isEqualTo("Q8_0");
        assertThat(facts.weights().parameterCount()).isEqualTo(1_414_464);
        assertThat(facts.weights().bitsPerWeight().orElseThrow()).isBetween(8.5, 8.6);
        assertThat(facts.shape().layers()).isEqualTo(3);
        assertThat(facts.shape().embeddingLength()).isEqualTo(192);
        assertThat(facts.shape().contextLength()).isEqualTo(768);
        assertThat(facts.shape().vocabularySize()).isEqualTo(1024);
        assertThat(facts.attention().heads()).containsExactly(6, 6, 6);
        assertThat(facts.attention().keyValueHeads()).containsExactly(3, 3, 3);
        assertThat(facts.attention().keyLength()).isEqualTo(32);
        assertThat(facts.tokenizer().model()).hasValue("llama");
        assertThat(facts.tokenizer().endOfText()).isPresent();
        assertThat(facts.chatTemplate())
                .hasValueSatisfying(template -> assertThat(template).contains("messages"));
        assertThat(facts.pooling()).isEqualTo(Pooling.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void readsBothVersionsInUse(int version) throws GgufException {
        GgufFacts facts = tiny().version(version).facts();
        assertThat(facts.formatVersion()).isEqualTo(version);
        assertThat(facts.weights().parameterCount()).isEqualTo(64 * 10 + 64);
        assertThat(facts.weights().bytes()).hasValue(640 / 32 * 34 + 64 * 4);
    }

    @Test
    void readsFromTheStartWhereverTheChannelStands() throws GgufException {
        HeaderChannel channel = tiny().channel();
        channel.position(100);
        assertThat(GgufReader.read(channel, GgufLimits.STANDARD).name()).hasValue("Tiny");
    }

    @Test
    void neverReadsTheWeights() throws GgufException {
        HeaderChannel channel =
                tiny().tensor("large.weight", TensorType.F32, 1 << 20, 1 << 20).channel();
        assertThat(GgufReader.read(channel, GgufLimits.STANDARD).weights().parameterCount())
                .isGreaterThan(1L << 40);
        assertThat(channel.bytesRead()).isLessThanOrEqualTo(64 << 10);
    }

    @Test
    void keepsOnlyTheLengthOfTheVocabulary() throws GgufException {
        String[] tokens = IntStream.range(0, 70_000).mapToObj(i -> "token " + i).toArray(String[]::new);
        GgufFacts facts = tiny().texts("tokenizer.ggml.tokens", tokens)
                .u32("tokenizer.ggml.bos_token_id", 1)
                .u32("tokenizer.ggml.eos_token_id", 69_999)
                .u32("tokenizer.ggml.eot_token_id", 70_000)
                .facts();
        assertThat(facts.shape().vocabularySize()).isEqualTo(70_000);
        assertThat(facts.tokenizer().beginOfText()).hasValue(1);
        assertThat(facts.tokenizer().endOfText()).hasValue(69_999);
        assertThat(facts.tokenizer().endOfTurn())
                .as("a token outside the vocabulary")
                .isEmpty();
    }

    @Test
    void headsFollowFromTheEmbeddingWhereTheirLengthIsNotStated() throws GgufException {
        Attention attention = tiny().without("llama.attention.key_length")
                .without("llama.attention.value_length")
                .without("llama.attention.head_count_kv")
                .facts()
                .attention();
        assertThat(attention.keyLength()).isEqualTo(64 / 4);
        assertThat(attention.keyValueHeads()).containsExactly(4, 4);
    }

    @Test
    void readsAValuePerLayer() throws GgufException {
        GgufFacts facts = tiny().i32s("llama.attention.head_count_kv", 1, 4)
                .i32s("llama.feed_forward_length", 128, 256)
                .facts();
        assertThat(facts.attention().keyValueHeads()).containsExactly(1, 4);
        assertThat(facts.shape().feedForwardLength()).isEqualTo(256);
    }

    @Test
    void readsExperts() throws GgufException {
        ModelShape shape = tiny().u32("llama.expert_count", 8)
                .u32("llama.expert_used_count", 2)
                .facts()
                .shape();
        assertThat(shape.expertCount()).isEqualTo(8);
        assertThat(shape.expertsUsed()).isEqualTo(2);
        assertThat(shape.expertFeedForwardLength()).isEqualTo(shape.feedForwardLength());
    }

    @ParameterizedTest
    @CsvSource({"0,COMPLETION", "1,EMBEDDING", "2,EMBEDDING", "3,EMBEDDING", "4,RANKING", "-1,COMPLETION"})
    void poolingTellsTheKind(int pooling, ModelKind kind) throws GgufException {
        assertThat(tiny().u32("llama.pooling_type", pooling).facts().kind()).isEqualTo(kind);
    }

    @Test
    void aChatTemplateMakesAChatModelAndAnEncoderEmbeds() throws GgufException {
        assertThat(tiny().text("tokenizer.chat_template", "{{ messages }}")
                        .facts()
                        .kind())
                .isEqualTo(ModelKind.CHAT);
        GgufFacts encoder = SyntheticGguf.model("nomic-bert", 64, 2, 4, 4, 16, 128, 10, 512)
                .tensor("token_embd.weight", TensorType.F16, 64, 10)
                .facts();
        assertThat(encoder.kind()).isEqualTo(ModelKind.EMBEDDING);
    }

    @Test
    void namesTheQuantizationAsStatedIfTheTensorsBearItOut() throws GgufException {
        SyntheticGguf file = tiny().tensor("blk.0.ffn_up.weight", TensorType.Q4_K, 256, 128)
                .tensor("blk.0.ffn_down.weight", TensorType.Q6_K, 256, 8);
        assertThat(file.facts().quantization()).as("not stated").isEqualTo("Q4_K");
        assertThat(file.u32("general.file_type", 15).facts().quantization()).isEqualTo("Q4_K_M");
        assertThat(file.u32("general.file_type", 1024 + 15).facts().quantization())
                .as("guessed by the writer")
                .isEqualTo("Q4_K_M");
        assertThat(file.u32("general.file_type", 1).facts().quantization())
                .as("stated F16, but no tensor is")
                .isEqualTo("Q4_K");
        assertThat(file.u32("general.file_type", 999).facts().quantization())
                .as("stated a number without a name")
                .isEqualTo("Q4_K");
    }

    @Test
    void anUnknownTensorTypeIsAnErrorOnlyWhenBytesAreAsked() throws GgufException {
        SyntheticGguf file = tiny().tensor("new.weight", 57, 100, 64, 32).tensor("last.weight", TensorType.F32, 8);
        Weights weights = file.facts().weights();
        assertThat(weights.parameterCount()).isEqualTo(704 + 64 * 32 + 8);
        assertThat(weights.bytes()).isEmpty();
        assertThat(weights.bitsPerWeight()).isEmpty();
        assertThat(weights.unknownTypes()).isEqualTo(List.of(57));
        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(weights::requireBytes)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_TENSOR_TYPE));
    }

    @Test
    void respectsAStatedAlignment() throws GgufException {
        assertThat(tiny().alignment(4096).facts().weights().tensorCount()).isEqualTo(2);
        assertThat(reasonOf(tiny().alignment(4096).u32("general.alignment", 64)))
                .hasValue(Reason.BAD_TENSOR);
        assertThat(reasonOf(tiny().u32("general.alignment", 48))).hasValue(Reason.BAD_ALIGNMENT);
        assertThat(reasonOf(tiny().u32("general.alignment", 0))).hasValue(Reason.BAD_ALIGNMENT);
    }

    @Test
    void refusesOtherFilesAndVersionsByName() {
        assertThat(reasonOf("PK\3\4 not a model at all".getBytes(StandardCharsets.US_ASCII)))
                .hasValue(Reason.NOT_GGUF);
        assertThat(reasonOf(new byte[0])).hasValue(Reason.NOT_GGUF);
        assertThat(reasonOf(tiny().version(1))).hasValue(Reason.OLD_VERSION);
        assertThat(reasonOf(tiny().version(Integer.reverseBytes(3)))).hasValue(Reason.BIG_ENDIAN);
        assertThat(reasonOf(tiny().version(4))).hasValue(Reason.UNSUPPORTED_VERSION);
    }

    @Test
    void refusesWhatIsNotOneWholeLanguageModel() {
        assertThat(reasonOf(tiny().u32("split.count", 3))).hasValue(Reason.SPLIT_FILE);
        assertThat(reasonOf(tiny().u32("split.count", 1))).isEmpty();
        assertThat(reasonOf(tiny().text("general.type", "mmproj"))).hasValue(Reason.NOT_A_LANGUAGE_MODEL);
        assertThat(reasonOf(tiny().text("general.type", "adapter"))).hasValue(Reason.NOT_A_LANGUAGE_MODEL);
        assertThat(reasonOf(tiny().text("general.architecture", "clip"))).hasValue(Reason.NOT_A_LANGUAGE_MODEL);
        assertThat(reasonOf(SyntheticGguf.model("llama", 64, 2, 4, 2, 16, 128, 10, 512)))
                .hasValue(Reason.NOT_A_LANGUAGE_MODEL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 60, -1, Long.MIN_VALUE, 1L << 33})
    void refusesCountsThatTheFileCannotHold(long count) {
        byte[] tensors = tiny().header();
        le(tensors).putLong(8, count);
        assertThat(reasonOf(tensors)).hasValue(Reason.TRUNCATED);
        byte[] entries = tiny().header();
        le(entries).putLong(16, count);
        assertThat(reasonOf(entries)).hasValue(Reason.TRUNCATED);
        byte[] keyLength = tiny().header();
        le(keyLength).putLong(24, count);
        assertThat(reasonOf(keyLength)).hasValue(Reason.TRUNCATED);
        assertThat(reasonOf(tiny().raw(
                                "tokenizer.chat_template",
                                8,
                                le(8).putLong(count).array())))
                .hasValue(Reason.TRUNCATED);
        assertThat(reasonOf(tiny().raw("big", 9, le(12).putInt(8).putLong(count).array())))
                .hasValue(Reason.TRUNCATED);
        assertThat(reasonOf(
                        tiny().raw("big", 9, le(12).putInt(10).putLong(count).array())))
                .hasValue(Reason.TRUNCATED);
    }

    /** A sparse file can be large enough to make a wild count possible; then the limits decide. */
    @Test
    void refusesCountsOverTheLimitsInFilesOfAnySize() {
        long huge = 1L << 50;
        for (int at : new int[] {8, 16, 24}) {
            byte[] header = tiny().header();
            le(header).putLong(at, 1L << 40);
            assertThat(reasonOf(new HeaderChannel(header, huge), GgufLimits.STANDARD))
                    .hasValue(Reason.OVER_LIMIT);
        }
        byte[] longHeader = tiny().raw(
                        "a", 9, le(12).putInt(10).putLong(16 << 20).array())
                .raw("b", 9, le(12).putInt(10).putLong(16 << 20).array())
                .header();
        assertThat(reasonOf(new HeaderChannel(longHeader, huge), GgufLimits.STANDARD))
                .as("zeros read as an empty key")
                .hasValue(Reason.BAD_KEY);
        GgufLimits shortHeader = new GgufLimits(64 << 20, 100, 100, 16 << 20, 100, 100, 100, 10_000);
        assertThat(reasonOf(new HeaderChannel(longHeader, huge), shortHeader)).hasValue(Reason.OVER_LIMIT);
    }

    @Test
    void keepsTextsAndTemplatesWithinTheLimits() {
        assertThat(reasonOf(tiny().text("tokenizer.chat_template", "x".repeat(1 << 20))))
                .isEmpty();
        assertThat(reasonOf(tiny().text("tokenizer.chat_template", "x".repeat((1 << 20) + 1))))
                .hasValue(Reason.OVER_LIMIT);
        assertThat(reasonOf(tiny().text("general.name", "x".repeat((64 << 10) + 1))))
                .hasValue(Reason.OVER_LIMIT);
        assertThat(reasonOf(tiny().text("general.description", "x".repeat(2 << 20))))
                .as("a long text that is not kept")
                .isEmpty();
        SyntheticGguf manyKeys = tiny();
        for (int i = 0; i < 200; i++) manyKeys.u32("k".repeat(60_000) + i, i);
        assertThat(reasonOf(manyKeys)).hasValue(Reason.OVER_LIMIT);
    }

    @Test
    void refusesDamagedEntries() {
        assertThat(reasonOf(tiny().raw("array", 9, le(12).putInt(9).putLong(1).array())))
                .hasValue(Reason.NESTED_ARRAY);
        assertThat(reasonOf(tiny().raw("type", 13, new byte[8]))).hasValue(Reason.BAD_TYPE);
        assertThat(reasonOf(tiny().raw("type", -1, new byte[8]))).hasValue(Reason.BAD_TYPE);
        assertThat(reasonOf(tiny().raw("array", 9, le(12).putInt(99).putLong(1).array())))
                .hasValue(Reason.BAD_TYPE);
        assertThat(reasonOf(tiny().u32("", 1))).hasValue(Reason.BAD_KEY);
        assertThat(reasonOf(replaced(tiny().u32("key?", 1).header(), "key?", "key\u00ff")))
                .hasValue(Reason.BAD_KEY);
        assertThat(reasonOf(replaced(tiny().header(), "Tiny", "Tin\u00ff"))).hasValue(Reason.BAD_TEXT);
        assertThat(reasonOf(replaced(tiny().u32("same.a", 1).u32("same.b", 2).header(), "same.b", "same.a")))
                .hasValue(Reason.DUPLICATE_KEY);
    }

    @Test
    void refusesValuesThatMakeNoModel() {
        assertThat(reasonOf(tiny().without("general.architecture"))).hasValue(Reason.MISSING_KEY);
        assertThat(reasonOf(tiny().without("llama.block_count"))).hasValue(Reason.MISSING_KEY);
        assertThat(reasonOf(tiny().without("llama.context_length"))).hasValue(Reason.MISSING_KEY);
        assertThat(reasonOf(tiny().without("llama.embedding_length"))).hasValue(Reason.MISSING_KEY);
        assertThat(reasonOf(tiny().without("llama.vocab_size"))).hasValue(Reason.MISSING_KEY);
        assertThat(reasonOf(tiny().u32("llama.block_count", 0))).hasValue(Reason.BAD_VALUE);
        assertThat(reasonOf(tiny().u32("llama.block_count", 513))).hasValue(Reason.BAD_VALUE);
        assertThat(reasonOf(tiny().u32("llama.block_count", -1))).hasValue(Reason.BAD_VALUE);
        assertThat(reasonOf(tiny().u64("llama.context_length", -1))).hasValue(Reason.BAD_VALUE);
        assertThat(reasonOf(tiny().text("llama.block_count", "two"))).hasValue(Reason.BAD_VALUE);
        assertThat(reasonOf(tiny().i32s("llama.attention.head_count_kv", 1, 2, 3)))
                .hasValue(Reason.BAD_VALUE);
        assertThat(reasonOf(tiny().i32s("llama.attention.head_count_kv", 1, -2)))
                .hasValue(Reason.BAD_VALUE);
        assertThat(reasonOf(tiny().u32("general.name", 1))).hasValue(Reason.BAD_VALUE);
        assertThat(reasonOf(tiny().f32("llama.rope.freq_base", Float.NaN))).hasValue(Reason.BAD_VALUE);
    }

    @Test
    void refusesTensorsThatCannotBe() {
        assertThat(reasonOf(tiny().tensor("token_embd.weight", TensorType.F32, 1)))
                .hasValue(Reason.DUPLICATE_TENSOR);
        assertThat(reasonOf(tiny().tensor("x".repeat(64), TensorType.F32, 1))).hasValue(Reason.OVER_LIMIT);
        assertThat(reasonOf(tiny().tensor("x", 0, 4, 1, 1, 1, 1, 1))).hasValue(Reason.BAD_TENSOR);
        assertThat(reasonOf(tiny().tensor("x", 0, 4, -1))).hasValue(Reason.BAD_TENSOR);
        assertThat(reasonOf(tiny().tensor("x", 0, 4, 1L << 40, 1L << 40))).hasValue(Reason.BAD_TENSOR);
        assertThat(reasonOf(tiny().tensor("x", 0, 4, 1L << 61, 1))).hasValue(Reason.BAD_TENSOR);
        assertThat(reasonOf(tiny().tensor("x", TensorType.Q8_0.id(), 34, 33))).hasValue(Reason.BAD_TENSOR);
        assertThat(reasonOf(tiny().tensor("x", TensorType.Q4_0.id(), 18, 16, 2)))
                .hasValue(Reason.BAD_TENSOR);
        assertThat(reasonOf(tiny().tensor("x", 57, 1, Long.MAX_VALUE, 1).tensor("y", 57, 1, Long.MAX_VALUE)))
                .hasValue(Reason.BAD_TENSOR);
        assertThat(reasonOf(tiny().tensor("x", 0, 64, 8).tensor("y", 0, 4, 1)))
                .as("the tensor after one that is smaller than its place")
                .hasValue(Reason.BAD_TENSOR);
    }

    @Test
    void refusesTensorsOutsideTheFile() {
        SyntheticGguf file = tiny();
        assertThat(reasonOf(new HeaderChannel(file.header(), file.fileBytes() - 1), GgufLimits.STANDARD))
                .hasValue(Reason.TENSOR_OUTSIDE_FILE);
        assertThat(reasonOf(tiny().tensor("x", 0, 4, 1L << 40))).hasValue(Reason.TENSOR_OUTSIDE_FILE);
        byte[] header = tiny().header();
        le(header).putLong(header.length - 8, 1L << 40);
        assertThat(reasonOf(new HeaderChannel(header, file.fileBytes()), GgufLimits.STANDARD))
                .hasValue(Reason.TENSOR_OUTSIDE_FILE);
    }

    @Test
    void saysWhatHappenedWhereAndWhatToDo() {
        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> tiny().u32("llama.block_count", 600).facts())
                .withMessageMatching("The value of 'llama\\.block_count' is 600, which is not between 1 and 512 "
                        + "\\(at byte \\d+\\)\\. The file was written wrongly: .*\\.")
                .satisfies(e -> assertThat(e.position()).isPositive());
    }

    @Test
    void showsStrangersNamesShortAndOnOneLine() {
        String name = "llama\n\u202e" + "x".repeat(50);
        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> tiny().tensor(name, 0, 4, -1).facts())
                .satisfies(
                        e -> assertThat(e.getMessage()).contains("'llama??xxx").doesNotContain("\n", "\u202e"));
    }

    @Test
    void aFileThatCannotBeReadIsAnErrorOfTheSameKind(@TempDir Path folder) throws Exception {
        assertThat(reasonOf(() -> GgufReader.read(folder.resolve("absent.gguf"))))
                .hasValue(Reason.READ_FAILED);
        assertThat(reasonOf(() -> GgufReader.read(folder))).hasValue(Reason.READ_FAILED);
        Path empty = Files.createFile(folder.resolve("empty.gguf"));
        assertThat(reasonOf(() -> GgufReader.read(empty))).hasValue(Reason.NOT_GGUF);
    }

    @Test
    void limitsMustLeaveRoomForSomething() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new GgufLimits(1, 1, 1, 1, 1, 1, 0, 1));
    }

    private static ByteBuffer le(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer le(int bytes) {
        return SyntheticGguf.le(bytes);
    }

    /** Swaps one text for another of as many letters, letter by letter as a byte. */
    private static HeaderChannel replaced(byte[] header, String from, String to) {
        byte[] pattern = bytesOf(from);
        for (int at = 0; at + pattern.length <= header.length; at++) {
            if (!Arrays.equals(pattern, 0, pattern.length, header, at, at + pattern.length)) continue;
            for (int i = 0; i < to.length(); i++) header[at + 8 + i] = (byte) to.charAt(i);
            return new HeaderChannel(header, 1 << 20);
        }
        throw new AssertionError(from + " is not in the header");
    }

    private static Optional<Reason> reasonOf(SyntheticGguf file) {
        return reasonOf(file.channel(), GgufLimits.STANDARD);
    }

    private static Optional<Reason> reasonOf(byte[] file) {
        return reasonOf(HeaderChannel.of(file), GgufLimits.STANDARD);
    }

    private static Optional<Reason> reasonOf(HeaderChannel channel) {
        return reasonOf(channel, GgufLimits.STANDARD);
    }

    private static Optional<Reason> reasonOf(HeaderChannel channel, GgufLimits limits) {
        return reasonOf(() -> GgufReader.read(channel, limits));
    }

    private static Optional<Reason> reasonOf(Read read) {
        try {
            read.facts();
            return Optional.empty();
        } catch (GgufException e) {
            return Optional.of(e.reason());
        }
    }

    @FunctionalInterface
    private interface Read {
        GgufFacts facts() throws GgufException;
    }
}
