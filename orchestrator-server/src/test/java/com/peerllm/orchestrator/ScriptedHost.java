package com.peerllm.orchestrator;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.EmbeddingVector;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.TokenFrame;
import com.peerllm.shared.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/**
 * A host over a real WebSocket whose every word the test decides: how it says hello and what it does with a job. It can
 * be honest, slow, hostile or silent.
 */
class ScriptedHost implements AutoCloseable {
    static final ModelDigest MODEL =
            new ModelDigest("b9988445d4de1054e6819a18ab256d503377e0bd2849c14ddcb13dbc135773ea");
    static final String MODEL_ID = "sprout-1.4m-q8_0";

    final PeerIdentity identity;
    final BlockingQueue<FromOrchestrator> received = new LinkedBlockingQueue<>();
    final BlockingQueue<Receipt> receipts = new LinkedBlockingQueue<>();
    private final BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work;
    private final CountDownLatch welcome = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<FromOrchestrator.Refused> refusal = new AtomicReference<>();
    private volatile WebSocket socket;

    /** What it does with texts; a test says so before it sends any. */
    volatile BiConsumer<ScriptedHost, FromOrchestrator.EmbeddingOffer> embeds = (self, offer) -> {};

    /** What it says of other hosts' answers; only asked when its model has the feature. */
    volatile BiConsumer<ScriptedHost, FromOrchestrator.AuditOffer> audits = (self, offer) -> {};

    private ScriptedHost(
            OkHttpClient client,
            String url,
            PeerIdentity identity,
            Hello hello,
            BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        this.identity = identity;
        this.work = work;
        Request request = new Request.Builder()
                .url(url + Protocol.PATH)
                .header("Sec-WebSocket-Protocol", Protocol.SUBPROTOCOL)
                .build();
        socket = client.newWebSocket(request, new WebSocketListener() {
            /** The challenge may come before the constructor has the socket. */
            @Override
            public void onOpen(WebSocket webSocket, Response response) {
                socket = webSocket;
            }

            @Override
            public void onMessage(WebSocket webSocket, String text) {
                heard(WireCodec.decodeFromOrchestrator(text), hello);
            }

            @Override
            public void onFailure(WebSocket webSocket, Throwable t, Response response) {
                closed.countDown();
            }

            @Override
            public void onClosing(WebSocket webSocket, int code, String reason) {
                webSocket.close(1000, null);
                closed.countDown();
            }
        });
    }

    /** Makes the hello for a challenge. */
    interface Hello {
        FromHost to(FromOrchestrator.Challenge challenge, PeerIdentity identity);
    }

    /** Connects, says a true hello and waits for the welcome. */
    static ScriptedHost join(
            OkHttpClient client, String url, BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        return join(client, url, PeerIdentity.generate(), model(768, 4), work);
    }

    static ScriptedHost join(
            OkHttpClient client,
            String url,
            PeerIdentity identity,
            AnnouncedModel model,
            BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        ScriptedHost host = new ScriptedHost(
                client, url, identity, (challenge, self) -> hello(challenge, self, List.of(model)), work);
        host.awaitWelcome();
        return host;
    }

    /** Connects with a hello of the test's own; does not wait. */
    static ScriptedHost knock(OkHttpClient client, String url, PeerIdentity identity, Hello hello) {
        return new ScriptedHost(client, url, identity, hello, (host, offer) -> {});
    }

    /** Connects with a true hello but for the name of its software, which no honest program could send. */
    static ScriptedHost knockRaw(OkHttpClient client, String url, String software) {
        return new ScriptedHost(client, url, PeerIdentity.generate(), null, (host, offer) -> {}) {
            @Override
            void answerChallenge(FromOrchestrator.Challenge challenge, Hello none) {
                String json = WireCodec.encode(hello(challenge, identity, List.of()));
                String quoted = software.replace("\n", "\\n");
                sendText(json.replace("scripted-host/1", quoted));
            }
        };
    }

    void answerChallenge(FromOrchestrator.Challenge challenge, Hello hello) {
        send(hello.to(challenge, identity));
    }

    static AnnouncedModel model(int contextLength, int slots) {
        return new AnnouncedModel(
                "Sprout", MODEL, 1_531_744, "llama", "Q8_0", contextLength, 1024, slots, 50, 1000, 0, List.of("chat"));
    }

    /** Announces everything that an answer can have. */
    static AnnouncedModel able(int slots) {
        return able(slots, 50);
    }

    /** @param tokensPerSecond the router takes the host that announces most first */
    static AnnouncedModel able(int slots, double tokensPerSecond) {
        List<String> features = List.of("chat", "completions", "tools", "json_schema", "logprobs", "reasoning");
        return new AnnouncedModel(
                "Sprout", MODEL, 1_531_744, "llama", "Q8_0", 768, 1024, slots, tokensPerSecond, 1000, 0, features);
    }

    /** Announces so much speed that the router takes it first. */
    static AnnouncedModel fast() {
        AnnouncedModel model = model(768, 4);
        return new AnnouncedModel(
                model.name(),
                model.digest(),
                model.sizeBytes(),
                model.architecture(),
                model.quantization(),
                model.contextLength(),
                model.vocabularySize(),
                model.slots(),
                100_000,
                1_000_000,
                0,
                model.features());
    }

    static FromHost.Hello hello(
            FromOrchestrator.Challenge challenge, PeerIdentity identity, List<AnnouncedModel> models) {
        byte[] signature = identity.sign(
                Protocol.handshakeMessage(challenge.nonce(), challenge.orchestratorName(), identity.publicKey()));
        return new FromHost.Hello(
                Protocol.VERSION,
                "scripted-host/1",
                identity.publicKey(),
                base64(signature),
                challenge.sentAtMillis(),
                "a test",
                models);
    }

    private void heard(FromOrchestrator message, Hello hello) {
        switch (message) {
            case FromOrchestrator.Challenge challenge -> answerChallenge(challenge, hello);
            case FromOrchestrator.Welcome any -> welcome.countDown();
            case FromOrchestrator.Refused refused -> refusal.set(refused);
            case FromOrchestrator.JobOffer offer -> work.accept(this, offer);
            case FromOrchestrator.EmbeddingOffer offer -> embeds.accept(this, offer);
            case FromOrchestrator.AuditOffer offer -> audits.accept(this, offer);
            case FromOrchestrator.ReceiptIssued issued -> receipts.add(issued.receipt());
            default -> {}
        }
        received.add(message);
    }

    void send(FromHost message) {
        socket.send(WireCodec.encode(message));
    }

    void sendText(String text) {
        socket.send(text);
    }

    void send(TokenFrame frame) {
        socket.send(ByteString.of(frame.encode()));
    }

    void sendBytes(byte[] bytes) {
        socket.send(ByteString.of(bytes));
    }

    /** One token a word, ids from 100 on by their place in the answer. */
    void tokens(FromOrchestrator.JobOffer offer, int position, String text) {
        send(new TokenFrame(
                offer.stream(),
                position,
                new int[] {100 + position},
                AnswerChunk.plain(text.getBytes(StandardCharsets.UTF_8))));
    }

    void started(FromOrchestrator.JobOffer offer, int promptTokens) {
        send(new FromHost.JobStarted(offer.stream(), promptTokens, 0));
    }

    /** Answers honestly with these words, from where the offer says. */
    void answer(FromOrchestrator.JobOffer offer, String... words) {
        started(offer, 10);
        DeliveryHash hash = new DeliveryHash(offer.job(), offer.model());
        int first = offer.delivered().size();
        for (int i = first; i < words.length; i++) {
            tokens(offer, i, words[i]);
            hash.add(new int[] {100 + i}, words[i].getBytes(StandardCharsets.UTF_8), false);
        }
        finish(offer, words.length - first, hash.hex());
    }

    /** Answers with these ids and whatever it says they mean, from where the offer says, and signs it. */
    void answerIds(
            FromOrchestrator.JobOffer offer,
            int promptTokens,
            List<Integer> ids,
            Function<List<Integer>, String> text) {
        started(offer, promptTokens);
        DeliveryHash hash = new DeliveryHash(offer.job(), offer.model());
        int first = offer.delivered().size();
        for (int i = first; i < ids.size(); i++) {
            int[] id = {ids.get(i)};
            byte[] said = text.apply(List.of(ids.get(i))).getBytes(StandardCharsets.UTF_8);
            send(new TokenFrame(offer.stream(), i, id, AnswerChunk.plain(said)));
            hash.add(id, said, false);
        }
        finish(offer, ids.size() - first, hash.hex());
    }

    /** One token for each chunk, from where the offer says up to but without {@code end}. */
    String chunks(FromOrchestrator.JobOffer offer, List<AnswerChunk> chunks, int end) {
        started(offer, 10);
        DeliveryHash hash = new DeliveryHash(offer.job(), offer.model());
        for (int i = offer.delivered().size(); i < end; i++) {
            AnswerChunk chunk = chunks.get(i);
            send(new TokenFrame(offer.stream(), i, new int[] {100 + i}, chunk));
            hash.add(new int[] {100 + i}, chunk.bytes(), chunk.parted());
        }
        return hash.hex();
    }

    /** Answers honestly with these chunks, from where the offer says. */
    void answerChunks(FromOrchestrator.JobOffer offer, List<AnswerChunk> chunks, String finishReason) {
        String hash = chunks(offer, chunks, chunks.size());
        finish(offer, chunks.size() - offer.delivered().size(), hash, finishReason);
    }

    void finish(FromOrchestrator.JobOffer offer, int completionTokens, String hash) {
        finish(offer, completionTokens, hash, "stop");
    }

    void finish(FromOrchestrator.JobOffer offer, int completionTokens, String hash, String finishReason) {
        byte[] signature =
                identity.sign(new DeliveryStatement(offer.job(), offer.model(), completionTokens, hash).message());
        send(new FromHost.JobFinished(offer.stream(), finishReason, 10, completionTokens, hash, base64(signature)));
    }

    /** A model that makes vectors of two numbers. */
    static AnnouncedModel embedder(int contextLength) {
        return new AnnouncedModel(
                "Encoder",
                MODEL,
                1_531_744,
                "bert",
                "Q8_0",
                contextLength,
                1024,
                4,
                0,
                0,
                0,
                List.of("embeddings"),
                OptionalInt.of(2),
                Optional.empty());
    }

    /** Answers honestly with these vectors. */
    void embed(FromOrchestrator.EmbeddingOffer offer, int promptTokens, EmbeddingVector... vectors) {
        send(new FromHost.JobStarted(offer.stream(), promptTokens, 0));
        DeliveryHash hash = new DeliveryHash(offer.job(), offer.model());
        for (int i = 0; i < vectors.length; i++) {
            send(new EmbeddingFrame(offer.stream(), i, vectors[i]));
            hash.addVector(i, vectors[i].littleEndian());
        }
        finish(offer, promptTokens, hash.hex());
    }

    void send(EmbeddingFrame frame) {
        socket.send(ByteString.of(frame.encode()));
    }

    void finish(FromOrchestrator.EmbeddingOffer offer, int promptTokens, String hash) {
        byte[] signature = identity.sign(new DeliveryStatement(offer.job(), offer.model(), 0, hash).message());
        send(new FromHost.JobFinished(offer.stream(), "stop", promptTokens, 0, hash, base64(signature)));
    }

    void fail(FromOrchestrator.JobOffer offer, JobFailure code) {
        send(new FromHost.JobFailed(offer.stream(), code, "scripted"));
    }

    /** Ends the connection without a word, as a crash does. */
    void vanish() {
        socket.cancel();
    }

    void awaitWelcome() {
        await(welcome, "no welcome; refused: " + refusal.get());
    }

    FromOrchestrator.Refused awaitRefusal() {
        await(closed, "the connection stayed open");
        FromOrchestrator.Refused refused = refusal.get();
        if (refused == null) throw new AssertionError("closed without a refusal");
        return refused;
    }

    Receipt awaitReceipt() throws InterruptedException {
        Receipt receipt = receipts.poll(20, TimeUnit.SECONDS);
        if (receipt == null) throw new AssertionError("no receipt came");
        return receipt;
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) throw new AssertionError(otherwise);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        socket.close(1000, null);
    }
}
