package com.peerllm.orchestrator.clients;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** LangChain4j's client for OpenAI. Streams are not tried again by it, and its errors tell no code. */
final class LangChain4j implements ForeignClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final JsonSchema VERDICT = JsonSchema.builder()
            .name("verdict")
            .rootElement(JsonObjectSchema.builder()
                    .addEnumProperty("good", List.of("yes", "no"))
                    .required("good")
                    .build())
            .build();

    private static final ToolSpecification ADD = ToolSpecification.builder()
            .name("add")
            .description("Adds two numbers.")
            .parameters(JsonObjectSchema.builder()
                    .addIntegerProperty("a")
                    .addIntegerProperty("b")
                    .required("a", "b")
                    .build())
            .build();

    private static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (LangChain4jException e) {
            int status = e.getCause() instanceof HttpException http ? http.statusCode() : 0;
            throw new ClientFailure(e.getClass().getSimpleName(), status, "", e.getMessage(), e);
        }
    }

    private static ChatModel chats(Settings settings) {
        return OpenAiChatModel.builder()
                .baseUrl(settings.baseUrl())
                .apiKey(settings.apiKey())
                .maxRetries(settings.retries())
                .strictJsonSchema(true)
                .build();
    }

    private static OpenAiStreamingChatModel streams(Settings settings) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(settings.baseUrl())
                .apiKey(settings.apiKey())
                .build();
    }

    private static ChatRequest.Builder ask(String model, List<ChatMessage> messages) {
        return ChatRequest.builder().modelName(model).temperature(0.0).messages(messages);
    }

    private static ChatRequest.Builder ask(String model, String prompt) {
        return ask(model, List.of(UserMessage.from(prompt)));
    }

    private static Answer answer(ChatResponse response, int pieces) {
        return new Answer(
                response.aiMessage().text(),
                pieces,
                response.finishReason().name(),
                response.tokenUsage().inputTokenCount(),
                response.tokenUsage().outputTokenCount());
    }

    @Override
    public List<String> models(Settings settings) {
        return translated(() ->
                OpenAiModelCatalog.builder()
                        .baseUrl(settings.baseUrl())
                        .apiKey(settings.apiKey())
                        .build()
                        .listModels()
                        .stream()
                        .map(ModelDescription::name)
                        .toList());
    }

    @Override
    public Answer chat(Settings settings, String model, String prompt) {
        return translated(() -> answer(chats(settings).chat(ask(model, prompt).build()), 1));
    }

    @Override
    public Answer stream(Settings settings, String model, String prompt) {
        Listener listener = new Listener(false);
        streams(settings).chat(ask(model, prompt).build(), listener);
        return translated(() -> answer(listener.whole(), listener.pieces));
    }

    @Override
    public String verdict(Settings settings, String model, String prompt) {
        ResponseFormat format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(VERDICT)
                .build();
        ChatRequest request = ask(model, prompt).responseFormat(format).build();
        return translated(
                () -> JSON.readTree(chats(settings).chat(request).aiMessage().text())
                        .path("good")
                        .asString());
    }

    @Override
    public String sums(Settings settings, String model, String prompt) {
        return translated(() -> converse(model, prompt, chats(settings)::chat));
    }

    @Override
    public String streamedSums(Settings settings, String model, String prompt) {
        return translated(() -> converse(model, prompt, request -> {
            Listener listener = new Listener(false);
            streams(settings).chat(request, listener);
            return listener.whole();
        }));
    }

    /** Sends the library's messages back as it gives them. */
    private static String converse(String model, String prompt, Function<ChatRequest, ChatResponse> asking) {
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from(prompt)));
        for (int turn = 0; turn < 3; turn++) {
            AiMessage said = asking.apply(
                            ask(model, messages).toolSpecifications(ADD).build())
                    .aiMessage();
            if (!said.hasToolExecutionRequests()) return said.text();
            messages.add(said);
            for (ToolExecutionRequest call : said.toolExecutionRequests()) {
                JsonNode arguments = JSON.readTree(call.arguments());
                long sum = arguments.path("a").asLong() + arguments.path("b").asLong();
                messages.add(ToolExecutionResultMessage.from(call, String.valueOf(sum)));
            }
        }
        throw new AssertionError("calls without an end");
    }

    @Override
    public List<List<Double>> embed(Settings settings, String model, List<String> texts) {
        List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
        return translated(() -> OpenAiEmbeddingModel.builder()
                .baseUrl(settings.baseUrl())
                .apiKey(settings.apiKey())
                .modelName(model)
                .maxRetries(settings.retries())
                .build()
                .embedAll(segments)
                .content()
                .stream()
                .map(LangChain4j::numbers)
                .toList());
    }

    private static List<Double> numbers(Embedding embedding) {
        return embedding.vectorAsList().stream().map(Float::doubleValue).toList();
    }

    @Override
    public void leave(Settings settings, String model, String prompt) {
        Listener listener = new Listener(true);
        streams(settings).chat(ask(model, prompt).build(), listener);
        listener.left.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Hears a stream; with {@code leaving} it cancels at the first piece. */
    private static final class Listener implements StreamingChatResponseHandler {
        final CompletableFuture<ChatResponse> response = new CompletableFuture<>();
        final CompletableFuture<Boolean> left = new CompletableFuture<>();
        private final boolean leaving;
        volatile int pieces;

        Listener(boolean leaving) {
            this.leaving = leaving;
        }

        @Override
        public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
            pieces = pieces + 1;
            if (leaving) {
                context.streamingHandle().cancel();
                left.complete(true);
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            response.complete(complete);
        }

        @Override
        public void onError(Throwable error) {
            response.completeExceptionally(error);
        }

        ChatResponse whole() {
            try {
                return response.orTimeout(20, TimeUnit.SECONDS).join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof LangChain4jException known) throw known;
                throw new ClientFailure(
                        e.getCause().getClass().getSimpleName(),
                        0,
                        "",
                        e.getCause().getMessage(),
                        e);
            }
        }
    }
}
