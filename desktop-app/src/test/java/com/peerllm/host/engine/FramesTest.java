package com.peerllm.host.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.openai.EmbeddingInput;
import com.peerllm.shared.openai.Reasoning;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.openai.ToolChoice;
import com.peerllm.shared.openai.ToolUse;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.EmbeddingVector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The frames between parent and worker. */
class FramesTest {
    private final Frames frames = new Frames();

    @Test
    void everyRequestComesOutAsItWentIn() throws IOException {
        GenerationRequest request = new GenerationRequest(
                new Prompt.Chat(
                        "[{\"role\":\"user\",\"content\":\"é\\n\"}]",
                        Optional.of(new ToolUse("[]", ToolChoice.of("f"), true)),
                        new Reasoning(Optional.of(Reasoning.Effort.LOW), OptionalInt.of(9))),
                List.of(1, 2),
                new Sampling(0.7, 0.9, 40, 0.05, 0.1, -0.2, 1.1, OptionalLong.of(42), Map.of(7, -100.0)),
                100,
                List.of("\n", "END"),
                Optional.of("alice"),
                new ResponseFormat.JsonSchema("{}"),
                OptionalInt.of(5));
        for (ToWorker message : List.of(
                new ToWorker.ListDevices("/natives"),
                new ToWorker.Load("/natives", "/model.gguf", 8, 4096, 3, -1, 512, true),
                new ToWorker.Generate(5, request),
                new ToWorker.Generate(6, GenerationRequest.of(new Prompt.Text("a"))),
                new ToWorker.Embed(
                        7, List.of(new EmbeddingInput.Text("é\n"), new EmbeddingInput.Tokens(List.of(1, 2)))),
                new ToWorker.Cancel(5),
                new ToWorker.Tokenize(1, new Prompt.Tokens(List.of(3))),
                new ToWorker.Detokenize(2, List.of(4, 5)))) {
            byte[] line = frames.encode(message);

            assertThat(line).doesNotContain((byte) '\n');
            assertThat(frames.decodeToWorker(line)).isEqualTo(message);
        }
    }

    @Test
    void everyAnswerComesOutAsItWentIn() throws IOException {
        EngineDevice device = new EngineDevice("CPU", "A processor", EngineDevice.Kind.CPU, 10, 5);
        EngineFailure failure = new EngineFailure(EngineErrorCode.BUSY, "Later.");
        ModelFacts facts = new ModelFacts(
                "d",
                "llama",
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                -1,
                9,
                TemplateSource.CHATML,
                10,
                List.of("chat"),
                OptionalInt.of(384),
                List.of(device));
        for (FromWorker message : List.of(
                new FromWorker.Devices(List.of(device)),
                new FromWorker.Loaded(facts),
                new FromWorker.Refused(failure),
                new FromWorker.Started(1, 2, 3),
                new FromWorker.EmbeddingStarted(1, List.of(4, 5)),
                new FromWorker.Embedded(1, EmbeddingVector.of(new float[] {0.6f, -0.8f})),
                new FromWorker.Finished(1, new Finish(Finish.Reason.LENGTH, 4)),
                new FromWorker.JobFailed(1, failure),
                new FromWorker.Tokenized(1, List.of(2)),
                new FromWorker.Detokenized(1, "é"),
                new FromWorker.CallFailed(1, failure)))
            assertThat(frames.decodeFromWorker(frames.encode(message))).isEqualTo(message);
    }

    @Property(tries = 300)
    void tokensComeOutAsTheyWentIn(
            @ForAll @IntRange(min = 0) int job,
            @ForAll List<@IntRange(min = 0) Integer> ids,
            @ForAll boolean parted,
            @ForAll byte[] bytes)
            throws IOException {
        int[] array = ids.stream().mapToInt(Integer::intValue).toArray();
        AnswerChunk chunk = new AnswerChunk(parted, bytes);
        FromWorker.Tokens tokens =
                (FromWorker.Tokens) frames.decodeFromWorker(frames.encode(new FromWorker.Tokens(job, array, chunk)));

        assertThat(tokens.job()).isEqualTo(job);
        assertThat(tokens.ids()).isEqualTo(array);
        assertThat(tokens.chunk()).isEqualTo(chunk);
    }

    @Test
    void aBrokenFrameIsAnErrorThatQuotesNothing() {
        for (String line : List.of(
                "{\"type\":\"tokens\",\"job\":1,\"ids\":[1,],\"text\":\"\"}",
                "{\"type\":\"tokens\",\"job\":1,\"ids\":[1],\"text\":\"secret*\"}",
                "{\"type\":\"tokens\",\"job\":99999999999999999999,\"ids\":[1],\"text\":\"secret\"}",
                "{\"type\":\"secret\"}",
                "secret"))
            assertThatThrownBy(() -> frames.decodeFromWorker(line.getBytes(StandardCharsets.UTF_8)))
                    .as(line)
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
    }

    @Test
    void linesAreCutWhateverTheirLength() throws IOException {
        String longLine = "x".repeat(200_000);
        FrameReader reader = new FrameReader(
                new ByteArrayInputStream(("a\n\n" + longLine + "\nhalf a line").getBytes(StandardCharsets.US_ASCII)));

        assertThat(text(reader.next())).isEqualTo("a");
        assertThat(text(reader.next())).isEmpty();
        assertThat(text(reader.next())).isEqualTo(longLine);
        assertThat(reader.next()).isEmpty();
    }

    private static String text(Optional<byte[]> line) {
        return new String(line.orElseThrow(), StandardCharsets.US_ASCII);
    }
}
