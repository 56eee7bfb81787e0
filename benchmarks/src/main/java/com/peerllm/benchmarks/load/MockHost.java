package com.peerllm.benchmarks.load;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.TokenFrame;
import com.peerllm.shared.wire.WireCodec;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One mock host: the true protocol with a true signature, and an engine that only says numbers. Lives on its channel's event
 * loop.
 *
 * <p>A request tells it by {@code max_tokens} how many tokens to say and by {@code seed} how many microseconds lie between them.
 */
final class MockHost extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    static final ModelDigest MODEL = new ModelDigest("ab".repeat(32));
    static final String MODEL_NAME = "Mock";
    private static final int PROMPT_TOKENS = 10;

    private final PeerIdentity identity;
    private final int slots;
    private final int resetAfterTokens;
    private final Runnable joined;
    private final Map<Long, PacedAnswer> running = new HashMap<>();
    private long beats;

    /**
     * @param resetAfterTokens a job that begins here is cut off after so many tokens by a reset of the connection; 0 for never
     * @param joined told when the orchestrator has welcomed it
     */
    MockHost(PeerIdentity identity, int slots, int resetAfterTokens, Runnable joined) {
        this.identity = identity;
        this.slots = slots;
        this.resetAfterTokens = resetAfterTokens;
        this.joined = joined;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext channel, TextWebSocketFrame frame) {
        switch (WireCodec.decodeFromOrchestrator(frame.text())) {
            case FromOrchestrator.Challenge challenge -> send(channel, hello(challenge));
            case FromOrchestrator.Welcome welcome -> {
                joined.run();
                int seconds = welcome.heartbeatSeconds();
                channel.executor().scheduleAtFixedRate(() -> beat(channel), seconds, seconds, TimeUnit.SECONDS);
            }
            case FromOrchestrator.JobOffer offer -> answer(channel, offer);
            case FromOrchestrator.CancelJob cancel -> cancel(channel, cancel.stream());
            case FromOrchestrator.Refused refused -> System.out.println("Refused: " + refused.message());
            default -> {}
        }
    }

    private FromHost hello(FromOrchestrator.Challenge challenge) {
        byte[] signature = identity.sign(
                Protocol.handshakeMessage(challenge.nonce(), challenge.orchestratorName(), identity.publicKey()));
        AnnouncedModel model = new AnnouncedModel(
                MODEL_NAME, MODEL, 1, "llama", "Q8_0", 1 << 20, 1 << 20, slots, 1000, 10_000, 0, List.of("chat"));
        return new FromHost.Hello(
                Protocol.VERSION,
                "mock-host/1",
                identity.publicKey(),
                base64(signature),
                challenge.sentAtMillis(),
                "no hardware",
                List.of(model));
    }

    private void beat(ChannelHandlerContext channel) {
        if (channel.channel().isActive()) send(channel, new FromHost.Heartbeat(++beats, running.size()));
    }

    private void answer(ChannelHandlerContext channel, FromOrchestrator.JobOffer offer) {
        send(channel, new FromHost.JobStarted(offer.stream(), PROMPT_TOKENS, 0));
        long intervalNanos = offer.sampling().seed().orElse(0) * 1000;
        int first = offer.delivered().size();
        running.put(
                offer.stream(),
                PacedAnswer.begin(
                        channel.channel().eventLoop(),
                        first,
                        offer.maxTokens(),
                        intervalNanos,
                        new Work(channel, offer)));
    }

    private void cancel(ChannelHandlerContext channel, long stream) {
        PacedAnswer answer = running.remove(stream);
        if (answer == null) return;
        answer.stop();
        send(channel, new FromHost.JobFailed(stream, JobFailure.CANCELLED, "cancelled"));
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) {
        running.values().forEach(PacedAnswer::stop);
        running.clear();
        channel.fireChannelInactive();
    }

    private static void send(ChannelHandlerContext channel, FromHost message) {
        channel.writeAndFlush(new TextWebSocketFrame(WireCodec.encode(message)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** One job: its frames, its hash, its signed end. */
    private final class Work implements PacedAnswer.Sink {
        private final ChannelHandlerContext channel;
        private final FromOrchestrator.JobOffer offer;
        private final DeliveryHash hash;
        private final int first;
        private int said;

        Work(ChannelHandlerContext channel, FromOrchestrator.JobOffer offer) {
            this.channel = channel;
            this.offer = offer;
            this.hash = new DeliveryHash(offer.job(), offer.model());
            this.first = offer.delivered().size();
        }

        @Override
        public void token(int number) {
            int[] ids = {number & 0xFFFF};
            byte[] text = TokenText.of(System.nanoTime(), number);
            hash.add(ids, text, false);
            TokenFrame frame = new TokenFrame(offer.stream(), number, ids, AnswerChunk.plain(text));
            channel.write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(frame.encode())));
            said++;
            if (first == 0 && said == resetAfterTokens) reset();
        }

        private void reset() {
            channel.flush();
            channel.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            channel.channel().unsafe().closeForcibly();
        }

        @Override
        public void flush() {
            channel.flush();
        }

        @Override
        public void end() {
            channel.flush();
            running.remove(offer.stream());
            DeliveryStatement statement = new DeliveryStatement(offer.job(), offer.model(), said, hash.hex());
            send(
                    channel,
                    new FromHost.JobFinished(
                            offer.stream(),
                            "length",
                            PROMPT_TOKENS,
                            said,
                            hash.hex(),
                            base64(identity.sign(statement.message()))));
        }
    }
}
