package com.peerllm.orchestrator.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import java.util.List;
import java.util.function.Function;

/** The official client for Java. */
final class OpenAiJava implements ForeignClient {
    /** What the model is asked to fill in; the client makes the schema of it. */
    static final class Verdict {
        enum Good {
            yes,
            no
        }

        public Good good;
    }

    /** The tool; the client makes the schema of it and reads the arguments into it. */
    @com.fasterxml.jackson.annotation.JsonClassDescription("Adds two numbers.")
    @com.fasterxml.jackson.annotation.JsonTypeName("add")
    static final class Add {
        public long a;
        public long b;
    }

    private static <T> T with(Settings settings, Function<OpenAIClient, T> call) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(settings.baseUrl())
                .apiKey(settings.apiKey())
                .maxRetries(settings.retries())
                .build();
        try {
            return call.apply(client);
        } catch (OpenAIServiceException e) {
            throw new ClientFailure(
                    e.getClass().getSimpleName(), e.statusCode(), e.code().orElse(""), e.getMessage(), e);
        } catch (OpenAIException e) {
            throw new ClientFailure(e.getClass().getSimpleName(), 0, "", e.getMessage(), e);
        } finally {
            client.close();
        }
    }

    private static ChatCompletionCreateParams.Builder ask(String model, String prompt) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage(prompt)
                .temperature(0.0);
    }

    private static Answer answer(ChatCompletion completion, int pieces) {
        ChatCompletion.Choice choice = completion.choices().getFirst();
        var usage = completion.usage().orElseThrow();
        return new Answer(
                choice.message().content().orElse(""),
                pieces,
                choice.finishReason().asString(),
                usage.promptTokens(),
                usage.completionTokens());
    }

    @Override
    public List<String> models(Settings settings) {
        return with(
                settings,
                client -> client.models().list().autoPager().stream()
                        .map(Model::id)
                        .toList());
    }

    @Override
    public Answer chat(Settings settings, String model, String prompt) {
        return with(settings, client -> {
            ChatCompletion completion =
                    client.chat().completions().create(ask(model, prompt).build());
            return answer(completion.validate(), 1);
        });
    }

    @Override
    public Answer stream(Settings settings, String model, String prompt) {
        return with(settings, client -> {
            ChatCompletionCreateParams params = ask(model, prompt)
                    .streamOptions(ChatCompletionStreamOptions.builder()
                            .includeUsage(true)
                            .build())
                    .build();
            int[] pieces = new int[1];
            ChatCompletion completion = streamed(client, params, chunk -> {
                if (hasText(chunk)) pieces[0]++;
            });
            return answer(completion, pieces[0]);
        });
    }

    private static boolean hasText(ChatCompletionChunk chunk) {
        return chunk.choices().stream()
                .anyMatch(choice -> !choice.delta().content().orElse("").isEmpty());
    }

    private static ChatCompletion streamed(
            OpenAIClient client,
            ChatCompletionCreateParams params,
            java.util.function.Consumer<ChatCompletionChunk> seen) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            stream.stream()
                    .map(ChatCompletionChunk::validate)
                    .peek(whole::accumulate)
                    .forEach(seen);
        }
        return whole.chatCompletion();
    }

    @Override
    public String verdict(Settings settings, String model, String prompt) {
        return with(
                settings,
                client -> client.chat()
                        .completions()
                        .create(ask(model, prompt).responseFormat(Verdict.class).build())
                        .choices()
                        .getFirst()
                        .message()
                        .content()
                        .orElseThrow()
                        .good
                        .name());
    }

    @Override
    public String sums(Settings settings, String model, String prompt) {
        return with(
                settings,
                client -> converse(
                        model,
                        prompt,
                        params -> client.chat().completions().create(params).validate()));
    }

    @Override
    public String streamedSums(Settings settings, String model, String prompt) {
        return with(settings, client -> converse(model, prompt, params -> streamed(client, params, chunk -> {})));
    }

    /** The client has no tool loop of its own: its messages are sent back as it gives them. */
    private static String converse(
            String model, String prompt, Function<ChatCompletionCreateParams, ChatCompletion> asking) {
        ChatCompletionCreateParams.Builder params = ask(model, prompt).addTool(Add.class);
        for (int turn = 0; turn < 3; turn++) {
            ChatCompletionMessage message =
                    asking.apply(params.build()).choices().getFirst().message();
            List<ChatCompletionMessageToolCall> calls = message.toolCalls().orElse(List.of());
            if (calls.isEmpty()) return message.content().orElseThrow();
            params.addMessage(message);
            for (ChatCompletionMessageToolCall call : calls) {
                Add add = call.asFunction().function().arguments(Add.class);
                params.addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.asFunction().id())
                        .content(String.valueOf(add.a + add.b))
                        .build());
            }
        }
        throw new AssertionError("calls without an end");
    }

    @Override
    public List<List<Double>> embed(Settings settings, String model, List<String> texts) {
        EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                .model(model)
                .inputOfArrayOfStrings(texts)
                .build();
        return with(
                settings,
                client -> client.embeddings().create(params).validate().data().stream()
                        .map(each -> each.embedding().stream()
                                .map(Float::doubleValue)
                                .toList())
                        .toList());
    }

    @Override
    public void leave(Settings settings, String model, String prompt) {
        with(settings, client -> {
            try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                    .completions()
                    .createStreaming(ask(model, prompt).build())) {
                return stream.stream().anyMatch(OpenAiJava::hasText);
            }
        });
    }
}
