package com.peerllm.shared.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a body of {@code POST /v1/embeddings} means, and what is said about one that means nothing. */
class EmbeddingRequestReaderTest {
    @Test
    void takesATextAListOfTextsIdsAndAListOfIds() {
        EmbeddingInput a = new EmbeddingInput.Text("a");
        EmbeddingInput ids = new EmbeddingInput.Tokens(List.of(5, 6));

        assertThat(inputs("\"a\"")).containsExactly(a);
        assertThat(inputs("[\"a\",\"a\"]")).containsExactly(a, a);
        assertThat(inputs("[5,6]")).containsExactly(ids);
        assertThat(inputs("[[5,6],\"a\"]")).containsExactly(ids, a);
    }

    @Test
    void fillsInWhatIsNotSet() {
        EmbeddingRequest request = read("{\"model\":\"m\",\"input\":\"a\",\"user\":\"ann\",\"dimensions\":null}");

        assertThat(request.model()).isEqualTo("m");
        assertThat(request.encoding()).isEqualTo(EmbeddingRequest.Encoding.FLOAT);
        assertThat(request.dimensions()).isEmpty();
        assertThat(read("{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"base64\",\"dimensions\":8}"))
                .isEqualTo(new EmbeddingRequest(
                        "m",
                        request.inputs(),
                        EmbeddingRequest.Encoding.BASE64,
                        java.util.OptionalInt.of(8),
                        HostWishes.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[]                                              | invalid_json               |",
                "{\"input\":\"a\"}                               | missing_required_parameter | model",
                "{\"model\":\"m\"}                               | missing_required_parameter | input",
                "{\"model\":\"m\",\"input\":\"\"}                | invalid_value              | input",
                "{\"model\":\"m\",\"input\":[]}                  | invalid_value              | input",
                "{\"model\":\"m\",\"input\":7}                   | invalid_type               | input",
                "{\"model\":\"m\",\"input\":{}}                  | invalid_type               | input",
                "{\"model\":\"m\",\"input\":[\"a\",\"\"]}        | invalid_value              | input[1]",
                "{\"model\":\"m\",\"input\":[[1],[]]}            | invalid_value              | input[1]",
                "{\"model\":\"m\",\"input\":[\"a\",7]}           | invalid_type               | input[1]",
                "{\"model\":\"m\",\"input\":[1,-1]}              | invalid_type               | input",
                "{\"model\":\"m\",\"input\":[1.5]}               | invalid_type               | input",
                "{\"model\":\"m\",\"input\":\"a\",\"x\":1}       | unknown_parameter          | x",
                "{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"hex\"} | invalid_value | encoding_format",
                "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":0}            | invalid_value | dimensions",
            })
    void saysByNameWhatIsWrong(String body, String code, String param) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(InvalidRequest.class, e -> {
            assertThat(e.error().code()).isEqualTo(code);
            assertThat(e.error().param().orElse(null)).isEqualTo(param);
        });
    }

    @Test
    void takesAsManyInputsAsTheOpenAiApiAndNoMore() {
        String most = "\"a\"" + ",\"a\"".repeat(EmbeddingRequestReader.MOST_INPUTS - 1);

        assertThat(inputs("[" + most + "]")).hasSize(2048);
        assertThatThrownBy(() -> inputs("[" + most + ",\"a\"]")).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void countsALigatureAsTheLettersThatATokenizerMayMakeOfIt() {
        assertThat(new EmbeddingInput.Text("food").tokensAtMost()).isEqualTo(4 + 16);
        // U+FDFA is a sentence of 18 letters and spaces, 33 bytes, in one character of 3 bytes.
        assertThat(new EmbeddingInput.Text("\uFDFA").tokensAtMost()).isEqualTo(33 + 16);
        assertThat(new EmbeddingInput.Tokens(List.of(1, 2)).tokensAtMost()).isEqualTo(2);
    }

    @Test
    void takesNoMoreTokenIdsThanTheOpenAiApi() {
        String half = "[1" + ",1".repeat(EmbeddingRequestReader.MOST_TOKEN_IDS / 2 - 1) + "]";

        assertThat(inputs("[" + half + "," + half + "]")).hasSize(2);
        assertThatThrownBy(() -> inputs("[" + half + "," + half + ",[1]]")).isInstanceOf(InvalidRequest.class);
    }

    private static List<EmbeddingInput> inputs(String json) {
        return read("{\"model\":\"m\",\"input\":" + json + "}").inputs();
    }

    private static EmbeddingRequest read(String body) {
        return EmbeddingRequestReader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
