package com.peerllm.shared.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts to continue, and what is asked of hosts, as both routes and embeddings read it. */
class CompletionReaderTest {
    @Test
    void fillsInTheDefaultsOfTheOpenAiApi() {
        ChatCompletionRequest request = read(",\"prompt\":\"Once\",\"suffix\":null,\"logprobs\":null,\"user\":\"ann\"");

        assertThat(request.continued()).contains(new ChatCompletionRequest.Continued("Once", false));
        assertThat(request.messages()).isEmpty();
        assertThat(request.maxTokens()).hasValue(16);
        assertThat(request.choices()).isEqualTo(1);
        assertThat(request.options()).isEqualTo(AnswerOptions.PLAIN);
        assertThat(request.wishes()).isEqualTo(HostWishes.NONE);
        assertThat(request.stream()).isFalse();
    }

    @Test
    void readsEveryParameterItKnows() {
        ChatCompletionRequest request =
                read(",\"prompt\":[\"Once\"],\"echo\":true,\"n\":2,\"best_of\":2,\"max_tokens\":5,\"stop\":\"x\","
                        + "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"seed\":7,\"temperature\":0,"
                        + "\"top_p\":0.5,\"top_k\":3,\"min_p\":0.1,\"frequency_penalty\":1,\"presence_penalty\":-1,"
                        + "\"repeat_penalty\":1.5,\"logit_bias\":{\"7\":-100}");

        assertThat(request.continued()).contains(new ChatCompletionRequest.Continued("Once", true));
        assertThat(request.choices()).isEqualTo(2);
        assertThat(request.maxTokens()).isEqualTo(OptionalInt.of(5));
        assertThat(request.stop()).isEqualTo(List.of("x"));
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.sampling().seed()).hasValue(7);
        assertThat(request.sampling().logitBias()).containsEntry(7, -100.0);
        assertThat(read(",\"prompt\":\"Once\",\"logprobs\":5").options().topLogprobs())
                .hasValue(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "                                              | missing_required_parameter | prompt",
                ",\"prompt\":[]                                | missing_required_parameter | prompt",
                ",\"prompt\":\"\"                              | invalid_value              | prompt",
                ",\"prompt\":{}                                | invalid_type               | prompt",
                ",\"prompt\":[\"a\",\"b\"]                     | unsupported_parameter      | prompt",
                ",\"prompt\":[5,6]                             | unsupported_parameter      | prompt",
                ",\"prompt\":[[5,6]]                           | unsupported_parameter      | prompt",
                ",\"prompt\":\"a\",\"suffix\":\"b\"            | unsupported_parameter      | suffix",
                ",\"prompt\":\"a\",\"best_of\":3               | unsupported_parameter      | best_of",
                ",\"prompt\":\"a\",\"echo\":true,\"logprobs\":0 | unsupported_parameter     | echo",
                ",\"prompt\":\"a\",\"logprobs\":6              | invalid_value              | logprobs",
                ",\"prompt\":\"a\",\"logprobs\":true           | invalid_type               | logprobs",
                ",\"prompt\":\"a\",\"max_tokens\":0            | invalid_value              | max_tokens",
                ",\"prompt\":\"a\",\"n\":9                     | invalid_value              | n",
                ",\"prompt\":\"a\",\"messages\":[]             | unknown_parameter          | messages",
                ",\"prompt\":\"a\",\"tools\":[{}]              | unknown_parameter          | tools",
            })
    void saysByNameWhatIsWrong(String extras, String code, String param) {
        assertRefused(extras == null ? "" : extras, code, param);
    }

    @Test
    void readsPricesExactlyAsNumbersAndAsTexts() {
        assertThat(wishes(
                        "{\"max_price\":{\"prompt\":0.1,\"completion\":\"1.000000001\"},\"trusted_hosts_only\":true}"))
                .isEqualTo(new HostWishes(
                        Optional.of(new Credits(100_000_000)), Optional.of(new Credits(1_000_000_001)), true, false));
        assertThat(wishes("{\"max_price\":null,\"trusted_hosts_only\":null}")).isEqualTo(HostWishes.NONE);
        assertThat(wishes("null")).isEqualTo(HostWishes.NONE);
    }

    @Test
    void whatIsLeftOutOfTheLimitIsTheNetworksPrice() {
        TokenPrice network = new TokenPrice(new Credits(5), new Credits(7));

        assertThat(wishes("{\"max_price\":{\"prompt\":1e-9}}").cap(network))
                .isEqualTo(new TokenPrice(new Credits(1), new Credits(7)));
        assertThat(wishes("{\"max_price\":{\"completion\":\"9223372036.854775807\"}}")
                        .cap(network))
                .isEqualTo(new TokenPrice(new Credits(5), new Credits(Long.MAX_VALUE)));
        assertThat(wishes("{\"max_price\":{}}").cap(network)).isEqualTo(network);
        assertThat(wishes("{\"estimate\":true}").estimateOnly()).isTrue();
    }

    @Test
    void everyRouteReadsTheSameWishes() {
        String wishes = "\"peerllm\":{\"trusted_hosts_only\":true}}";
        byte[] chat = ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]," + wishes)
                .getBytes(StandardCharsets.UTF_8);
        byte[] vectors = ("{\"model\":\"m\",\"input\":\"a\"," + wishes).getBytes(StandardCharsets.UTF_8);

        assertThat(ChatCompletionReader.read(chat).wishes().trustedHostsOnly()).isTrue();
        assertThat(EmbeddingRequestReader.read(vectors).wishes().trustedHostsOnly())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "7                                        | invalid_type          | peerllm",
                "{\"max_price\":1}                        | invalid_type          | peerllm.max_price",
                "{\"max_price\":{\"prompt\":true}}        | invalid_type          | peerllm.max_price.prompt",
                "{\"max_price\":{\"prompt\":-1}}          | invalid_value         | peerllm.max_price.prompt",
                "{\"max_price\":{\"prompt\":1e-10}}       | invalid_value         | peerllm.max_price.prompt",
                "{\"max_price\":{\"prompt\":1e99999999}}  | invalid_value         | peerllm.max_price.prompt",
                "{\"max_price\":{\"prompt\":\"cheap\"}}   | invalid_value         | peerllm.max_price.prompt",
                "{\"max_price\":{\"image\":1}}            | unknown_parameter     | peerllm.max_price.image",
                "{\"max_price\":{\"prompt\":\"9223372036.854775808\"}} | invalid_value | peerllm.max_price.prompt",
                "{\"trusted_hosts_only\":\"yes\"}         | invalid_type          | peerllm.trusted_hosts_only",
                "{\"estimate\":1}                         | invalid_type          | peerllm.estimate",
                "{\"own_hosts_only\":true}                | unsupported_parameter | peerllm.own_hosts_only",
                "{\"region\":\"eu\"}                      | unsupported_parameter | peerllm.region",
                "{\"colour\":\"blue\"}                    | unknown_parameter     | peerllm.colour",
            })
    void saysByNameWhichWishIsWrong(String wishes, String code, String param) {
        assertRefused(",\"prompt\":\"a\",\"peerllm\":" + wishes, code, param);
    }

    private static void assertRefused(String extras, String code, String param) {
        assertThatThrownBy(() -> read(extras)).isInstanceOfSatisfying(InvalidRequest.class, e -> {
            assertThat(e.error().code()).isEqualTo(code);
            assertThat(e.error().param()).contains(param);
            assertThat(e.error().status()).isEqualTo(400);
        });
    }

    private static HostWishes wishes(String json) {
        return read(",\"prompt\":\"a\",\"peerllm\":" + json).wishes();
    }

    private static ChatCompletionRequest read(String extras) {
        return CompletionReader.read(("{\"model\":\"m\"" + extras + "}").getBytes(StandardCharsets.UTF_8));
    }
}
